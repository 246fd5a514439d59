import type { verdict as english } from '../en/verdict.js';
import type { SameKeys } from '../topics.js';

/** 判断依据：同一类原因一次说明多个服务。 */
export const verdict: SameKeys<typeof english> = {
  item: '{serviceName}（{detail}）',
  groups: {
    'service-missing': {
      happened: '此服务器上已没有：{services}。',
      next: '请检查它们是否被删除或改名。记录中仍保留其原有设置。',
    },
    'not-paused': {
      happened: '没有暂停：{services}。',
      next: '请再次执行同一排空命令，或查看这些服务的问题。',
    },
    'left-out-runs': {
      happened: '已排除，正在接受呼叫（及其会话数）：{services}。',
      next: '重新启动会中断它们的会话。请等到它们不再使用，或只签收其他服务。',
    },
    'outside-plan': {
      happened: '不在这次维护之内，正在接受呼叫（及其会话数）：{services}。',
      next: '请用“lync-drain drain{names}”加入它们。',
    },
    'sessions-left': {
      happened: '仍在使用（及其会话数）：{services}。',
      next: '请等待会话结束。对一直不结束的会话，可以接受中断：“lync-drain accept SERVICE --cut N --note TEXT”。',
    },
    'sessions-unknown': {
      happened: '无法得知下列服务有多少会话：{services}。各自的原因：{reason}。',
      next: '请自行查看（“lync-drain sessions”显示谁仍在连接），然后运行“lync-drain accept{names} --note TEXT”。{uncountable, select, none {“lync-drain doctor”会说明怎样才能得知。} other {}}',
    },
    'not-proved-yet': {
      happened: '没有会话，但还没有达到证明所需的 {holdSeconds} 秒：{services}。',
      next: '{outside, select, none {请用“lync-drain watch”等待。} other {请用“lync-drain drain{names}”加入它们。}}',
    },
    'starts-with-windows': {
      happened: '重新启动会启动下列服务，因为它们的启动类型是自动：{services}。',
      next: '请用“lync-drain drain{names}”保持它们，不要加 --keep-start-type。',
    },
    'started-by-dependent': {
      happened: '重新启动会启动下列服务，因为 {dependent} 依赖它们并且自动启动：{services}。',
      next: '请用“lync-drain drain{names} --hold disabled”保持它们，或在维护结束前把 {dependent} 设为手动。',
    },
    'may-start-by-trigger': {
      happened: '重新启动可能会启动下列服务，因为 Windows 会因某个事件启动它们（触发器启动）：{services}。',
      next: '请用“lync-drain drain{names} --hold disabled”保持它们。',
    },
    'start-not-known': {
      happened: '无法得知重新启动是否会启动下列服务，因为无法读取设置：{services}。',
      next: '请在“服务”控制台中查看，或用“lync-drain drain{names} --hold disabled”保持它们。',
    },
  },
  details: {
    'not-paused': '{state}',
    'left-out-runs': '{count, select, none {{atLeast, select, none {未知} other {至少 {atLeast}}}} other {{count}}}',
    'outside-plan': '{count, select, none {{atLeast, select, none {未知} other {至少 {atLeast}}}} other {{count}}}',
    'sessions-left': '{count}',
    'sessions-unknown': '{atLeast, select, none {} other {至少 {atLeast} 个{ageSeconds, select, none {} other {，{ageSeconds} 秒前}}}}',
  },
  proof:
    '{services} 个服务自 {at} 起没有会话（{held}，{readings} 次读数，最长间隔 {gap}{sources, select, none {} other {；来源：{sources}}}{stopped, select, none {} other {；现已停止}}）。',
  accepted:
    '{cut, select, none {人工认可} other {已接受每个服务最多中断 {cut} 个会话}}：{services}，{user}，{at}{note, select, none {} other {：“{note}”}}。',
};
