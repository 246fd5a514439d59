import type { restartProblems as english } from '../en/problems-restart.js';
import type { SameKeys } from '../topics.js';

/** 为何重新启动不安全，认可还缺少什么，以及丢失了什么。 */
export const restartProblems: SameKeys<typeof english> = {
  infrastructure: {
    happened: '{serviceName} 是 Lync 和其他程序使用的基础设施，不会在这里暂停。未做任何更改。',
    next: '请不要包括它。它随 Windows 停止和启动。',
  },
  'no-sessions-carried': {
    happened: '{serviceName} 不承载 Lync 会话，没有需要认可的内容。',
    next: '请在“lync-drain status”中查看哪些服务的会话数未知。',
  },
  'note-missing': {
    happened: '认可必须附有说明。未做任何更改。',
    next: '请用 --note 写明您查看了什么，例如 --note "已询问服务台"。',
  },
  'awake-since': {
    happened: '{serviceName} 在暂停或停止之后又运行过，可能接过呼叫。无会话的计时重新开始。',
    next: '请查明是谁或什么启动了它。如果它现在已暂停或停止，排空会自动继续。',
  },
  'restarted-after-crash': {
    happened: '{serviceName} 的进程已结束，又启动了另一个进程，很可能是由其恢复操作启动的。它又在接受呼叫。',
    next: '请在系统事件日志中查看其结束的原因。要继续，请再次运行“lync-drain drain”；要恢复服务，请运行“lync-drain resume”。',
  },
  'sessions-lost': {
    happened:
      '{how, select, ended {{serviceName} 已停止} replaced {{serviceName} 的进程已被替换} other {{serviceName} 仍在运行时服务器重新启动了}}；{certainty, select, exact {{count} 个会话} least {至少 {count} 个会话} other {数目不明的会话}}可能已中断。',
    next: '已写入记录和报告。继续之前，请在事件日志中查看原因。',
  },
  'acceptance-ended': {
    happened:
      '对 {serviceName} 的认可不再有效：{because, select, connection {出现了认可时没有的连接（来自 {detail}）} more {现在的会话更多（{detail}）} counted {现在可以统计其会话，共有 {detail} 个} awake {它又在接受呼叫} other {它现在是另一个进程}}。',
    next: '请再次查看。如要认可现状，请运行“lync-drain accept {serviceName}”并附上说明。',
  },
  'outside-plan': {
    happened:
      '{serviceName} 正在接受呼叫，但不在这次维护之内{count, select, none {{atLeast, select, none {} other {；至少有 {atLeast} 个会话}}} other {；有 {count} 个会话}}。',
    next: '请用“lync-drain drain {serviceName}”加入它。',
  },
  'left-out-runs': {
    happened:
      '{serviceName} 未包括在内，正在接受呼叫{count, select, none {{atLeast, select, none {} other {；至少有 {atLeast} 个会话}}} other {；有 {count} 个会话}}。',
    next: '重新启动会中断它的会话。请等到无人使用，或只签收其他服务。',
  },
  'not-paused': {
    happened: '{serviceName} 没有暂停：{state}。',
    next: '请再次执行同一排空命令，或查看该服务的问题。',
  },
  'starts-with-windows': {
    happened: '重新启动会启动 {serviceName}：其启动类型为{startType}。',
    next: '请用“lync-drain drain {serviceName}”保持它，不要加 --keep-start-type。',
  },
  'started-by-dependent': {
    happened: '重新启动会启动 {serviceName}：{dependent} 依赖它并且自动启动。',
    next: '请用“lync-drain drain {serviceName} --hold disabled”保持它，或在维护结束前把 {dependent} 设为手动。',
  },
  'may-start-by-trigger': {
    happened: '重新启动可能会启动 {serviceName}：Windows 会因某个事件启动它（触发器启动）。',
    next: '请用“lync-drain drain {serviceName} --hold disabled”保持它。',
  },
  'start-not-known': {
    happened: '无法得知重新启动是否会启动 {serviceName}：无法读取它或依赖它的服务的设置。',
    next: '请在“服务”控制台中查看，或用“lync-drain drain {serviceName} --hold disabled”保持它。',
  },
  'sessions-left': {
    happened: '{serviceName} 还有 {count} 个会话。',
    next: '请等待它们结束。如果一直不结束，可以接受中断：“lync-drain accept {serviceName} --cut {count}”并附上说明。',
  },
  'sessions-unknown': {
    happened:
      '无法得知 {serviceName} 有多少会话：{reason}{atLeast, select, none {} other {；至少 {atLeast} 个{ageSeconds, select, none {} other {（{ageSeconds} 秒前）}}}}。',
    next: '请自行查看（“lync-drain sessions {serviceName}”显示谁仍在连接），然后运行“lync-drain accept {serviceName}”并附上说明。{uncountable, select, none {“lync-drain doctor”会说明怎样才能得知。} other {}}',
  },
  'not-proved-yet': {
    happened: '{serviceName} 没有会话，但时间还不够：{heldSeconds}/{holdSeconds} 秒。',
    next: '{outside, select, none {请用“lync-drain watch”等待。} other {请用“lync-drain drain {serviceName}”加入它。}}',
  },
  'pool-name-unknown': {
    happened: 'DNS 中没有 {pool} 的地址。没有把它当作池的名称。',
    next: '请给出前端池的完整名称，与拓扑生成器中一致。',
  },
  'pool-name-not-ours': {
    happened: 'DNS 中 {pool} 的地址是：{addresses}。其中没有本服务器的地址，因此没有把它当作本服务器的池的名称。',
    next: '请给出本服务器所属的池的完整名称，与拓扑生成器中一致。',
  },
  yielded: {
    happened:
      '池中的另一台服务器同时进入了维护，或者不再应答：{servers}。每次只能停下一台服务器，因此本服务器退让{back, select, none {} other {，并已恢复服务}}。',
    next: '请商定哪一台先停，等另一台恢复后再开始。如果两台都已恢复，任意一台都可以开始。如果某台每次都不再应答，请自行查看；“--override server:名称”会在没有其应答的情况下继续。',
  },
  'claim-not-verified': {
    happened: '第一次暂停之后没有再次查看池中的其他服务器。其中可能有一台同时进入了维护。',
    next: '请再次运行“lync-drain drain”：继续之前它会查看那些服务器。',
  },
  'failover-under-way': {
    happened:
      '本服务器上似乎正在执行 Invoke-CsComputerFailOver，或它已中断：下列服务被禁用，且不是由本次维护所为：{services}。此处不再做任何更改。',
    next: '请让它完成。被它禁用的服务由 Invoke-CsComputerFailBack 恢复，然后“lync-drain resume”完成其余部分。如果并非故障转移，请说明如何处理这些服务：“lync-drain resume --keep”或“--original”。',
  },
  'pool-below-quorum': {
    happened: '池 {pool} 除本服务器外需要 {required} 台服务器在线，但只有 {others} 台。没有本服务器，整个池会对所有用户停止。',
    next: '请先让池中的另一台服务器恢复服务。',
  },
  'not-safe': {
    happened: '此时重新启动服务器不安全。没有签收。',
    next: '请按各个原因的说明处理。如只签收计划内的服务，请运行“lync-drain confirm --services-only”。',
  },
  'needs-acceptance': {
    happened: '能够得知的服务都没有会话。下列服务没有来源能够说明：{services}。{seen, select, none {} other {仍能看到，至少：{seen}。}}',
    next: '{seen, select, none {请自行查看，然后运行} other {“lync-drain sessions”显示谁仍在连接。请致电他们，或稍后再看。没有人通话后，请运行}}“lync-drain accept {services} --note TEXT”。',
  },
  'sessions-counted': {
    happened: '刚刚统计到 {serviceName} 有 {count} 个会话，不能认可为空。未做任何更改。',
    next: '请等待它们结束，或用 --cut {count} 接受中断。',
  },
  'cut-too-small': {
    happened: '{serviceName} 有 {count} 个会话，多于可以中断的 {cut} 个。未做任何更改。',
    next: '请等到会话更少，或接受更多的中断。',
  },
  'accept-awake': {
    happened: '{serviceName} 正在接受呼叫（{state}）。只能认可已暂停的服务。未做任何更改。',
    next: '请先用“lync-drain drain {serviceName}”暂停它。',
  },
};
