import type { MessageTexts } from '../topics.js';

export const messages: MessageTexts = {
  'check-elevated-pass': '{user} 有权在此控制服务。',
  'check-elevated-block': '{user} 在此窗口中无权控制服务。请用“以管理员身份运行”打开。',
  'check-pausable-pass': '{serviceName} 可以暂停，或已不接受呼叫。',
  'check-pausable-block': '{serviceName} 正在运行但不能暂停。将其排除意味着它会继续接受新的工作。',
  'check-pausable-unknown': '{serviceName} 正在改变状态。运行之后才能知道是否可以暂停。',
  'check-evidence-pass': '可以统计 {serviceName} 的会话（{evidence}）。',
  'check-evidence-unknown': '无法得知 {serviceName} 有多少会话：{reason}。除非您人工认可，否则不会视为已静止。',
  'check-evidence-weak': '只能根据连接推测 {serviceName} 的会话（{evidence}）。重新启动前请再次核实。',
  'check-pool-pass':
    '{members, select, 1 {池 {pool} 只有本服务器：没有需要保持的仲裁。} other {池 {pool} 中有足够的服务器在提供服务：其他服务器 {others} 台，共 {members} 台。}}{unseen, select, none {} other {其中 {unseen} 台没有看到在提供服务，只是 Lync cmdlet 将其计入。}}',
  'check-pool-warn':
    '{required, select, none {池 {pool} 有 {members} 台服务器，超出了公布的仲裁表的范围；其中 {others} 台其他服务器在提供服务。请确保剩下的足够。} other {池 {pool} 中只有 {others} 台其他服务器在提供服务。如果再有一台故障，整个池将停止。}}{unseen, select, none {} other {其中 {unseen} 台没有看到在提供服务，只是 Lync cmdlet 将其计入。}}',
  'check-pool-block':
    '池 {pool} 除本机外需要 {required} 台服务器提供服务，但只有 {others} 台。缺少本机，整个池将对所有人停止服务。{milder, select, none {} other {Microsoft 的另一张表要求 {milder} 台；此处采用较严格的一张。}}',
  'check-pool-unknown':
    '无法得知池{pool, select, none {} other { {pool} }}中有多少服务器在提供服务{trouble, select, none {} other {：{trouble}}}。请确保只有本机停下。',
  'check-pool-unseen':
    '池 {pool} 有 {members} 台服务器。无法得知其他服务器中有多少台在提供服务{trouble, select, none {} other {：{trouble}}}。{required, select, none {} other {除本机外，必须有 {required} 台运行。}}请确保只有本机停下。',
  'check-pool-kept':
    '无法得知池 {pool} 现在有哪些服务器{trouble, select, none {} other {：{trouble}}}。查看的是 Lync cmdlet 在 {toldAt} 告知的 {count} 台其他服务器；此后新增的服务器不在其中。请确保只有本机停下。',
  'check-server-pass': '{server} 正在提供服务。',
  'check-server-unknown':
    '不知道 {server} 是否在提供服务：{silence}。池中的服务器每次只能停下一台，请确认它没有在维护。{toldAt, select, none {} other {它属于该池是 Lync cmdlet 在 {toldAt} 告知的。}}',
  'check-server-block':
    '{server} 正在维护（{serviceName}：{state}）。池中的服务器每次只能停下一台。请等它恢复服务。{toldAt, select, none {} other {它属于该池是 Lync cmdlet 在 {toldAt} 告知的。}}',
  'check-first-start-warn': '池 {pool} 连同本机只有 {running} 台服务器。如果整个池停止，至少 {firstStart} 台运行后才会重新启动。',
  'check-readiness-pass': '池表示已可升级，并且已持续 20 分钟。',
  'check-readiness-soon': '池自 {since} 起表示已可升级。Microsoft 要求再等 20 分钟。此项检查将在 {passesAt} 通过。',
  'check-readiness-busy': '池表示正忙：仍在移动用户或数据（已见 {times} 次）。将在 {passesAt} 再次询问。',
  'check-readiness-stuck':
    '池自 {since} 起一直表示正忙（{times} 次，每次间隔十分钟）。池有问题：在停下任何服务器之前，请查看 Get-CsPoolFabricState。',
  'check-readiness-insufficient': '池表示活动的前端服务器太少，本机不能停下（InsufficientActiveFrontEnds）。请先让另一台恢复服务。',
  'check-readiness-unknown':
    '不知道池是否可以升级：{trouble}。在 Lync Server 命令行管理程序中，Get-CsPoolUpgradeReadinessState 或 Get-CsUpgradeDomainInfo 可以说明。',
  'check-last-instance-warn': '池中没有其他服务器在提供服务，无法接受 {services} 的新呼叫：排空期间新呼叫会被拒绝。',
  'check-single-server-warn': '这是池中唯一的服务器。前端服务暂停期间，其用户无法登录。',
  'check-failover-pass': '此服务器未处于故障转移状态。',
  'check-failover-block':
    '所有 Lync 服务均已停止并禁用，这是 Invoke-CsComputerFailOver 留下的状态。只能用 Invoke-CsComputerFailBack 撤消。',
  'check-failover-half':
    'Invoke-CsComputerFailOver 或 Invoke-CsComputerFailBack 似乎正在此处执行，或已中断：下列服务被禁用：{services}。请让它完成，或重新运行它。两个工具同时工作会相互撤消。',
  'check-failover-tool':
    'Lync 自带让整台服务器退出池的工具：Invoke-CsComputerFailOver 移走其用户并停止其服务，Invoke-CsComputerFailBack 将其撤消（Skype for Business Server 2015 及更高版本）。Microsoft 的更新步骤使用它。两者只用其一，切勿同时使用。',
  'check-dns-pass':
    '池使用 DNS 负载均衡（{addresses} 个地址），{services} 的新呼叫会转到其他服务器。会议助理、会议公告、响应组、公告和呼叫寄存都依赖于它。',
  'check-dns-warn':
    '池只有一个地址，因此没有使用 DNS 负载均衡。会议助理、会议公告、响应组、公告和呼叫寄存都依赖于它：排空期间 {services} 的呼叫可能中断或被拒绝。',
  'check-dns-unknown':
    '不知道池是否使用 DNS 负载均衡{trouble, select, none {} other {：{trouble}}}。如果没有，{services}（会议助理、会议公告、响应组、公告、呼叫寄存）的呼叫可能中断或被拒绝。',
  'check-recovery-pass':
    '如果{services, select, none {某个服务} other {下列服务之一（{services}）}}意外结束，其恢复操作会再次启动它，它又会接受呼叫。对此会一直观察并告知。',
  'check-reboot-pass': '重新启动后，计划中的所有服务都会保持停止，直到您恢复它们。',
  'check-reboot-warn':
    '重新启动后，下列服务仍会运行并接受呼叫，因为有自动启动的服务需要它们：{services}。更严格的“禁用”可以防止（终端中：--hold disabled）。',
  'check-reboot-unknown':
    '不确定重新启动后下列服务是否会启动，因为 Windows 会在某个事件发生时启动它们（触发启动），或无法读取设置：{services}。更严格的“禁用”可以防止（终端中：--hold disabled）。',
  'check-not-lync-warn': '{serviceName} 不是我们认识的 Lync 服务。因为您写明了它，所以包括在内。',
  'check-unknown-lync-warn': '{serviceName} 是本程序不认识的 Lync 服务。它可以暂停，所以包括在内。',
  'check-outside-plan-warn': '这些服务承载会话但不在计划之内：{services}。服务器将不能安全重新启动。',
  'check-pending-warn': '{serviceName} 正在改变状态：{state}。会等待其完成。',
  'check-not-running-warn':
    '{serviceName} 随 Windows 启动，但现在没有运行。如果 Windows 刚刚启动，请等它运行起来再开始：开始时处于停止状态的服务，恢复后依然处于停止状态。',
  'check-found-paused-warn': '{count} 个服务（{services}）已经处于暂停状态，而且不是本次维护所为。恢复服务时保持暂停，与发现时一样。',
  'check-start-type-kept-warn': '启动类型保持不变。重新启动后这些服务会再次运行并接受呼叫。',
  'check-web-traffic-warn': '暂停不会排空 Web 流量（移动客户端登录、加入会议、通讯簿）。请同时将此服务器从 Web 负载均衡器中移除。',

  'check-pool-none': '本服务器（{serverRole}）不属于任何前端池。不知道是否有其他服务器接替它的工作。请确保只有这一台停机。',
  'check-role-director-warn':
    '控制器负责让用户登录并转到各自的池，也转发外部人员的呼叫。没有计数器能看到所有这些，因此 RTCSRV 无法被证明已空：请查看它的连接，然后人工认可。',
  'check-role-edge-warn':
    '外部人员和合作伙伴通过这台边缘服务器进入。暂停期间他们需要另一台边缘服务器。Web 会议（RTCDATAPROXY）没有计数器，需要人工认可。在同一站点中边缘服务器最后停：先前端服务器，再控制器和中介服务器，最后边缘服务器。',
  'check-role-mediation-warn': '这台中介服务器暂停期间，网关仍保持连接。新呼叫需要另一台为其中继配置的中介服务器。',
  'check-role-chat-warn': '没有计数器能说明谁在聊天室中。RTCCHAT 和 RTCCOMPL 无法被证明已空：请查看它们的连接，然后人工认可。',
  'check-role-branch-warn':
    '分支机构的用户注册在这台设备上，其网关也通过它通话。暂停期间他们需要到主站点的网络。没有已知的计数器能看到所有这些，因此 RTCSRV 需要人工认可。',

  'reboot-starts-automatically': '启动类型为自动',
  'reboot-starts-automatically-delayed': '启动类型为自动(延迟启动)',
  'reboot-started-by-dependent': '{dependent} 依赖它并会自动启动',
  'reboot-may-start-by-trigger': 'Windows 可能因某个事件启动它（触发器启动）',
  'reboot-stays-manual': '启动类型为手动，也没有其他服务会启动它',
  'reboot-stays-disabled': '已禁用',
  'reboot-unknown': '无法读取其设置',

  'blocks-not-paused': '{serviceName} 未暂停：{state}。',
  'blocks-pending': '{serviceName} 仍在改变状态：{state}。',
  'blocks-start-type': '{serviceName} 的启动类型为{startType}。重新启动后它会再次接受呼叫。',
  'blocks-start-type-unknown': '无法读取 {serviceName} 的启动类型。',
  'blocks-missing': '此服务器上已没有 {serviceName}。',
  'blocks-sessions': '仍有 {count} 个会话在进行。',
  'blocks-unknown-sessions':
    '无法得知 {serviceName} 有多少会话：{reason}{atLeast, select, none {} other {；至少 {atLeast} 个{ageSeconds, select, none {} other {（{ageSeconds} 秒前）}}}}。',
  'blocks-hold-time': '全部为零。须保持 {holdSeconds} 秒，已过 {heldSeconds} 秒。',
  'blocks-not-read': '计划中已没有需要等待的服务。',

  'caveat-pool-unknown': '无法得知池中有多少其他服务器在线。',
  'caveat-outside-pool': '此服务器不属于可以代替它的前端池。',
  'caveat-single-server': '这是池 {pool} 中唯一的服务器。它停止期间，其用户无法登录。',
  'caveat-quorum-overridden': '已放行仲裁检查：池 {pool} 的其他服务器有 {others} 台在线，需要 {required} 台。',
  'caveat-quorum-not-in-table': '池 {pool} 有 {members} 台服务器，超出了公布的仲裁表的范围。',
  'caveat-web-sessions': '还有 {count} 个 Web 会话：此服务器仍在 Web 负载均衡器中。',
};
