import type { serverProblems as english } from '../en/problems-server.js';
import type { SameKeys } from '../topics.js';

/** 代码 1xxx 至 3xxx：用法与计算机、服务控制、会话依据。 */
export const serverProblems: SameKeys<typeof english> = {
  'unknown-command': {
    happened: '没有名为“{name}”的命令。{suggestion, select, none {} other {您是否要用“{suggestion}”？}}',
    next: '运行“lync-drain --help”查看全部命令。',
  },
  'unknown-option': {
    happened: '此处没有选项“{name}”。{suggestion, select, none {} other {您是否要用“{suggestion}”？}}',
    next: '在命令后加上 --help 查看可用选项。',
  },
  'invalid-argument': {
    happened: '{argument} 的值“{value}”不正确。',
    next: '{expected, select, none {在命令后加上 --help 查看示例。} other {应为：{expected}。}}',
  },
  'missing-argument': {
    happened: '{argument} 缺少值。',
    next: '在命令后加上 --help 查看示例。',
  },
  'unknown-service': {
    happened: '此服务器上没有名为“{name}”的服务。{suggestion, select, none {} other {您是否指 {suggestion}？}}',
    next: '运行“lync-drain services”查看名称。请使用服务名称，而不是显示名称。',
  },
  'unknown-check': {
    happened: '没有可忽略的检查“{check}”。{suggestion, select, none {} other {您是否指“{suggestion}”？}}',
    next: '运行“lync-drain plan”查看各项检查及其名称。',
  },
  'unknown-run': {
    happened: '没有维护记录“{name}”。{suggestion, select, none {} other {您是否指“{suggestion}”？}}',
    next: '运行“lync-drain history”查看此服务器的维护记录。',
  },
  'unknown-code': {
    happened: '没有代码“{name}”。{suggestion, select, none {} other {您是否指 {suggestion}？}}',
    next: '运行“lync-drain explain”查看全部代码。',
  },
  'unknown-scenario': {
    happened: '没有模拟服务器“{scenario}”。{suggestion, select, none {} other {您是否指“{suggestion}”？}}',
    next: '请选择其中之一：{scenarios}。也可以不写名称。',
  },
  'server-file-unreadable': {
    happened: '无法读取服务器描述：{path}{code, select, none {} other {（{code}）}}。',
    next: '请指定由“lync-drain services --json”写入的文件。',
  },
  'server-file-wrong': {
    happened: '这不是服务器描述：{path}（{detail}）。',
    next: '请在服务器上重新生成：“lync-drain services --json > FILE”。',
  },
  'check-not-overridable': {
    happened: '检查“{check}”不能忽略。',
    next: '请先解决其中的问题，然后重试。',
  },
  'conflicting-options': {
    happened: '{argument} 和 {other} 不能同时使用。',
    next: '请只选其中一个。',
  },
  'excess-argument': {
    happened: '“{value}”对 {argument} 来说是多余的。',
    next: '请去掉它。如果它属于含有空格的文本，请把整段文本放在引号中。',
  },
  'no-lync-service': {
    happened: '此服务器上没有承载会话的 Lync 服务。',
    next: '请在 Lync 服务器上运行，或写明您要操作的服务。',
  },
  'output-not-written': {
    happened:
      '{code, select, inside {未写入文件 {path}：该位置在数据文件夹内，存放着维护记录。} other {{path, select, none {无法写出屏幕输出} other {无法写入文件 {path}}}（{code}）。}}',
    next: '{path, select, none {请释放输出所在磁盘的空间后重试。命令已完成的操作仍然有效。} other {用 --output 指定其他位置，或解除对该文件的占用后重试。}}',
  },
  'not-elevated': {
    happened: '{user} 在此窗口中无权控制服务。未做任何更改。',
    next: '请用“以管理员身份运行”打开终端或本程序，然后重试。',
  },
  'not-windows': {
    happened: '这不是 Windows，没有服务控制管理器。',
    next: '请在 Lync 服务器上运行，或加上 --simulate 在模拟服务器上练习。',
  },
  'native-library-missing': {
    happened: '无法加载与 Windows 通信的组件（{detail}）。',
    next: '请把程序包的所有文件放在同一文件夹中，或重新解压。',
  },
  'program-folder-unprotected': {
    happened: '其他人可能更改过此程序，而它会以您的权限运行，因此未启动。{path} 的可写入者：{writableBy}。',
    next: '请把程序包重新解压到只有管理员可写入的位置（例如 C:\\Program Files 之下），再从那里启动。如果不能等待，并且您信任可写入者：lync-drain --trust-folder，后接命令。',
  },
  'program-not-started': {
    happened: '无法启动程序：{path}，Windows 错误 {win32}。未做任何更改。',
    next: '请重新解压整个程序包。如果错误依旧，请检查防病毒软件或 AppLocker 是否阻止了该文件。',
  },
  'access-denied': {
    happened: 'Windows 拒绝访问{serviceName, select, none {服务} other { {serviceName}}}（{operation}，错误 {win32}）。',
    next: '请以本地 Administrators 组成员的身份运行。如果已经如此，请检查该服务的权限。',
  },
  'service-not-found': {
    happened: 'Windows 中已找不到服务 {serviceName}。',
    next: '请检查它是否已被删除或改名，然后重新查看状态。',
  },
  'service-disabled': {
    happened: '{serviceName} 已禁用，Windows 拒绝启动它。',
    next: '请按原启动类型恢复该服务，或在“服务”控制台中将其设为手动。',
  },
  'already-running': {
    happened: '{serviceName} 已经启动。已暂停的服务也算已启动。',
    next: '请查看其状态。如果是已暂停，应当恢复，而不是启动。',
  },
  'not-active': {
    happened: '{serviceName} 没有运行，因此无法暂停或恢复。',
    next: '请查看其状态。已停止的服务不接受呼叫，无需暂停。',
  },
  'control-not-accepted': {
    happened: '{serviceName} 目前不接受此控制（错误 {win32}）。',
    next: '有些服务在启动过程中不能暂停。请等一分钟再试，或将其排除。',
  },
  'cannot-accept-control-now': {
    happened: '{serviceName} 正在改变状态，目前无法接受控制。',
    next: '请等状态稳定后重试。',
  },
  'dependents-running': {
    happened: '有正在运行的其他服务依赖 {serviceName}。',
    next: '请在“服务”控制台的“依存关系”中查看是哪些服务。',
  },
  'request-timeout': {
    happened: '{serviceName} 在 30 秒内没有响应 Windows。',
    next: '该服务仍可能完成操作。请一分钟后查看其状态；如果一直无响应，请查看事件日志，在此期间 Windows 不会向任何其他服务传递命令。',
  },
  'marked-for-delete': {
    happened: '{serviceName} 已标记为删除。',
    next: '有人正在删除它。请关闭所有“服务”控制台，或重新启动服务器以完成删除。',
  },
  'database-locked': {
    happened: 'Windows 锁定了服务数据库。',
    next: '这通常只持续几秒，例如在 Windows 启动期间。请稍候重试。',
  },
  'shutdown-in-progress': {
    happened: 'Windows 正在关机，不再接受命令。',
    next: '请等待重新启动。维护记录已保留，之后可以继续。',
  },
  'rpc-unavailable': {
    happened: '服务控制管理器没有响应（错误 {win32}）。',
    next: '请检查 Remote Procedure Call 服务是否正在运行，然后重试。',
  },
  'handle-invalid': {
    happened: '与服务控制管理器的连接已断开（{operation}，错误 {win32}）。',
    next: '请重试，每次都会重新建立连接。',
  },
  'start-hung': {
    happened: '{serviceName} 在启动时停止响应。',
    next: '请查看其事件日志和进程，排除原因后再启动。',
  },
  'service-specific-error': {
    happened: '{serviceName} 报告了自身的错误，未能启动。',
    next: '事件日志会说明该错误的含义。解决后请再次恢复该服务。',
  },
  'dependency-failed': {
    happened: '{serviceName} 所依赖的服务未能启动。',
    next: '请先启动它所依赖的服务，再恢复此服务。',
  },
  'logon-failed': {
    happened: 'Windows 无法用 {serviceName} 的账户登录。',
    next: '请在“服务”控制台中检查该账户和密码，然后再次恢复该服务。',
  },
  'invalid-service-name': {
    happened: 'Windows 不接受“{serviceName}”作为服务名称。',
    next: '请使用“lync-drain services”显示的服务名称。',
  },
  'unknown-win32': {
    happened: 'Windows 对 {operation} 返回错误 {win32}{serviceName, select, none {} other {（{serviceName}）}}。',
    next: '运行“net helpmsg {win32}”查看 Windows 的说明。',
  },
  'pending-too-long': {
    happened: '{serviceName} 没有进展：处于“{state}”的时间过长。',
    next: '请查看其事件日志。仍有呼叫时不要结束其进程。可以随时重试此步骤。',
  },
  'stopped-instead': {
    happened: '{serviceName} 本应暂停，却停止了。其会话可能已中断。',
    next: '请查看其事件日志。恢复服务时会重新启动它。',
  },
  'ended-while-changing': {
    happened: '{serviceName} 在改变状态的过程中结束了。',
    next: '请查看其事件日志。恢复操作可能会重新启动它。然后查看状态。',
  },
  'state-reverted': {
    happened: '{serviceName} 已执行操作，但随后又自行改变{state, select, none {} other {：现在是“{state}”}}。',
    next: '请检查是否有监控工具、脚本或恢复操作在控制该服务，然后重试。',
  },
  'start-type-reverted': {
    happened: '{serviceName} 的启动类型已设为{wanted}，但 Windows 随后显示的是{now}。',
    next: '请检查是否有组策略或工具在设置启动类型。停用后重试。',
  },
  'not-pausable': {
    happened: '{serviceName} 不能暂停。',
    next: '可以将其排除（终端中：“--override pausable:{serviceName}”），但它会继续接受新的工作。',
  },
  'resumed-from-outside': {
    happened: '排空期间有人恢复了 {serviceName}，它又开始接受新呼叫。',
    next: '请查明是谁、为什么。然后再次排空以暂停它，或恢复服务。',
  },
  'started-by-itself': {
    happened: '重新启动后 {serviceName} 自行启动，又开始接受呼叫。',
    next: '请再次排空以暂停它，或恢复服务。下次重新启动前请改用更强的方式：禁用。',
  },
  'start-type-changed-outside': {
    happened: '有人把 {serviceName} 的启动类型改成了{now}，我们设置的是{ours}。',
    next: '请再次排空以重新设置；也可在恢复服务时选择保留现状或恢复原值。',
  },
  'state-differs': {
    happened: '{serviceName} 之前是“{stateBefore}”，现在是“{state}”。这不是本次维护所为，而是他人或其他程序更改的。',
    next: '请决定：“lync-drain resume --original”使其回到“{stateBefore}”，“lync-drain resume --keep”保留现状。',
  },
  'stop-by-hand': {
    happened: '{serviceName} 之前是“{stateBefore}”，现在是“{state}”。Lync Drain 从不停止服务，因为那会中断其会话。',
    next: '如果它应该停止，请在服务控制台中停止它，然后再次运行“lync-drain resume”；或用“lync-drain resume --keep”保留现状。',
  },
  'start-type-moved': {
    happened: '本次维护开始时 {serviceName} 的启动类型是{first}，之后有人把它改成了{now}。',
    next: '恢复服务时会还原为{now}。如果应该是{first}，请在恢复之后在服务控制台中设置。',
  },
  'service-missing': {
    happened: '此服务器上已没有 {serviceName}。',
    next: '请检查它是否已被删除或改名。其原设置仍在维护记录中。',
  },
  'configuration-unreadable': {
    happened: '无法读取 {serviceName} 的设置，因此不知道其启动类型。',
    next: '请以管理员身份运行后重试。在能够读取设置之前，不会写入任何内容。',
  },
  'control-not-delivered': {
    happened: '无法向 {serviceName} 发出命令：{blocking} 尚未响应 Windows，在它响应之前 Windows 不会传递任何命令。',
    next: '请先查看 {blocking} 的事件日志和进程。待它响应或其进程结束后，再次发出命令。',
  },
  'evidence-unreadable': {
    happened: '无法得知 {serviceName} 有多少会话：{reason}。',
    next: '请自行查看，然后人工认可（终端中：“lync-drain accept {serviceName} --note 说明”）。{uncountable, select, none {“lync-drain doctor”会说明怎样才能得知。} other {}}',
  },
  leak: {
    happened: '{serviceName} 虽已暂停，仍有新的会话进入：之前 {before}，现在 {after}{from, select, none {} other {，来自 {from}}}。',
    next: '负载均衡器可能仍在向此服务器发送请求，请将此服务器从中移除。加入正在进行的会议的人也会计入。',
  },
  stalled: {
    happened: '{serviceName} 仍有 {count} 个会话，已有 {minutes} 分钟没有会话结束。',
    next: '请联系仍在连接的人，继续等待，或恢复服务。任何会话都不会被自动中断。',
  },
};
