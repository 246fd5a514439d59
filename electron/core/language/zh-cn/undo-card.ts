import type { undoCardTexts as english } from '../en/undo-card.js';
import type { SameKeys } from '../topics.js';

export const undoCardTexts: SameKeys<typeof english> = {
  title: '还原卡：如何手动恢复一切',
  intro: '此页由 Lync Drain 在更改本服务器之前写下。\n无法使用本程序时请按此操作；否则请运行：  lync-drain resume',
  computer: '服务器：  {computer}',
  run: '维护：    {runId}',
  opened: '开始：    {at} UTC，{user}',
  reason: '原因：    {note}',
  how: '用“以管理员身份运行”打开命令提示符，按顺序输入下列各行。\n以“rem”开头的行是说明。已经不需要的行，执行了也没有害处。',
  startTypes: '第 1 步：还原启动类型',
  before: '原为：{state}，{startType}',
  bringBack: '第 2 步：恢复各服务，前端服务最先',
  either: '已暂停时，第一行使其恢复；已停止时，第二行将其启动。',
  wasStopped: '{serviceName} 之前已停止，请保持停止。',
  wasPaused: '{serviceName} 之前已暂停，请保持暂停。',
  task: '有计划任务会在暂停结束时以及重新启动之后运行“lync-drain resume”。各服务恢复之后就不再需要它。',
  check: '第 3 步：检查',
  checkHow: '每一行都应显示上面写明的状态和启动类型。',
};
