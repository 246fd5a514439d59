import type { walk as english } from '../en/walk.js';
import type { SameKeys } from '../topics.js';

export const walk: SameKeys<typeof english> = {
  title: '在模拟的 Lync 服务器上从头到尾进行一次维护。',
  scenario: '服务器：{scenario}。',
  start: '您要重新启动一台 Lync 服务器，但有人正在上面通话。直接重新启动会中断他们的呼叫。',
  plan: '1. 先看看会做什么。此时还没有任何更改。',
  drain: '2. 排空。新呼叫转到其他服务器，正在进行的呼叫直到挂断为止。时钟以 {speed} 倍速运行。',
  drainScenario: '2. 排空。它不再接受新的工作，正在进行的会话直到挂断为止。时钟以 {speed} 倍速运行。',
  accept: '这里没有任何来源能统计 {services} 的全部会话。管理员亲自查看后，人工声明那里已没有会话。',
  drainAgain: '现在排空从原处继续。',
  confirmAccepted: '3. 能统计的会话均已结束，其余的已由人工认可。请签收。',
  confirm: '3. 没有任何会话，并且已观察了一段时间。请签收。',
  restart: '4. 现在进行维护并重新启动服务器。（模拟服务器在此重新启动。）',
  after: '5. 重新启动之后：启动类型为手动，没有任何服务擅自接受呼叫。',
  resume: '6. 恢复服务。每个服务都恢复原来的启动类型，并重新运行。',
  end: '就是这样。在真实服务器上：“lync-drain plan”、“drain”、“confirm”、重新启动、“resume”。可用 --simulate 练习。',
  help: '不带选项：对一台前端服务器进行维护。“npm start -- --simulate=名称”使用另一台服务器、另一个角色或一种故障，在终端和托盘应用中相同；可用逗号组合（edge,leak）。--seed=N 换成同类的另一台服务器，--speed=N 改变时钟速度。名称：{scenarios}。',
  failed: '演示已停止，因为上一个命令没有按预期结束。',
};
