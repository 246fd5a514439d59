import type { runProblems as english } from '../en/problems-run.js';
import type { SameKeys } from '../topics.js';

/** 代码 4xxx 至 9xxx：自身状态、维护过程、应用程序、程序本身。 */
export const runProblems: SameKeys<typeof english> = {
  'data-folder-unwritable': {
    happened:
      '无法写入数据文件夹中的 {path}{code, select, none {} unelevated {：本程序没有以管理员权限运行} other {（{code}）}}。未做任何更改。',
    next: '{code, select, unelevated {请用“以管理员身份运行”打开终端或本程序，然后重试。} other {请释放磁盘空间或修正权限，然后再次执行同一命令。{undoCard, select, none {} other {如需不经本程序恢复各服务，请按还原卡 {undoCard} 操作。}}}}',
  },
  'data-folder-unprotected': {
    happened:
      '{account, select, own {没有管理员权限的程序可能写入过 {path}，因为您自己的帐户可以写入（{writableBy}）} other {其他人可能写入过 {path}（{writableBy}）}}，因此不予信任。未做任何更改。',
    next: '请先查看其中的内容，然后运行“lync-drain doctor --repair”，使只有 Administrators 和 SYSTEM 能写入该处。',
  },
  'data-folder-not-repaired': {
    happened:
      '无法改正 {path} 的写入权限：{code, select, link {它是链接，或是别处文件的另一个名称} other {{code}}}。之前已改正的保持不变。',
    next: '{code, select, link {请查看它指向何处，并将其移出数据文件夹，然后再次运行“lync-drain doctor --repair”。} other {请用“takeown /A /F”加上其路径取得所有权，然后再次运行“lync-drain doctor --repair”。}}',
  },
  'record-damaged': {
    happened: '维护记录 {path} 在第 {line} 行损坏。可读的部分已显示；未做任何更改。',
    next: '请按记录旁边的还原卡手动恢复各服务，然后移走损坏的文件。',
  },
  'record-newer': {
    happened: '维护记录 {path} 由更新的版本写入。未做任何更改。',
    next: '请用该版本完成这次维护。',
  },
  'record-not-written': {
    happened:
      '无法写入维护记录 {path}{code, select, none {} other {（{code}）}}{after, select, none {，因此没有执行更改。} other {。之前的更改仍然有效，没有再做其他操作。}}',
    next: '请释放磁盘空间或修正权限，然后再次执行同一命令。{undoCard, select, none {} other {如需不经本程序恢复各服务，请按还原卡 {undoCard} 操作。}}',
  },
  'settings-damaged': {
    happened: '无法使用设置文件 {path}（{detail}）。',
    next: '请修正该文件，或将其删除以恢复默认设置。在此之前，查看类命令和“lync-drain resume”仍可使用，采用默认设置。',
  },
  'record-tail-lost': {
    happened:
      '记录 {path} 的最后几行丢失{anchored, select, none {} other {：现有 {entries} 条，原有 {anchored} 条或更多}}。{services, select, none {} other {记录中没有下列服务之前的状态，而它们仍被保持：{services}。}}未做任何更改。',
    next: '请运行“lync-drain resume”：它会恢复记录中仍有的内容，并列出缺少的内容。每个服务的命令见还原卡 {undoCard}。',
  },
  'original-lost': {
    happened: '记录中丢失了下列服务之前的状态，而它们仍被保持：{services}。其他服务已恢复。',
    next: '请用还原卡 {undoCard} 上的命令恢复它们，然后再次运行“lync-drain resume”。如需保持现状，请运行“lync-drain resume --keep”。',
  },
  'data-folder-impossible': {
    happened:
      '{path} 不能用作数据文件夹：{fault, select, device {名称“{name}”是 Windows 保留的设备名} other {Windows 不允许名称中出现“{name}”}}。未做任何更改。',
    next: '请用 --data 或 LYNC_DRAIN_DATA 指定其他文件夹。',
  },
  'settings-service-unknown': {
    happened: '设置文件 {path} 的“services”中列出了服务“{serviceName}”，但本机未安装该服务。未做任何更改。',
    next: '请从该文件中删除此名称，或在命令中指定服务。{suggestion, select, none {“lync-drain services”可列出已安装的服务。} other {是否指“{suggestion}”？}}',
  },
  'record-of-other-computer': {
    happened: '未完成的维护属于{source, select, simulated {模拟服务器} other { {computer}}}，不属于本机。未做任何更改。',
    next: '请{source, select, simulated {加 --simulate} other {在 {computer} 上}}完成，或用 --data 指定其他数据文件夹。',
  },
  'data-folder-unreadable': {
    happened:
      '无法读取数据文件夹中的 {path}{code, select, none {} unelevated {：本程序没有以管理员权限运行} other {（{code}）}}。未做任何更改。',
    next: '{code, select, unelevated {请用“以管理员身份运行”打开终端或本程序，然后重试。} other {请以管理员身份运行，或修正权限。}}',
  },
  'simulation-damaged': {
    happened: '无法读取模拟服务器保存的状态 {path}。',
    next: '删除该文件即可使用新的模拟服务器。这与真实服务器无关。',
  },
  'several-open-runs': {
    happened: '有多个未完成的维护：{runs}。未做任何更改。',
    next: '请用“lync-drain report RUN”比较，还原错误的那次所做的更改，并移走其文件。',
  },
  'run-in-usual-folder': {
    happened:
      '本服务器的维护 {runId} 尚未完成，其记录在常用数据文件夹中（{path}），而 --data 或 LYNC_DRAIN_DATA 指定了其他文件夹。未做任何更改。',
    next: '请不带它们执行命令：“lync-drain status”显示该维护，“lync-drain resume”恢复其服务。',
  },
  'lock-held': {
    happened:
      '{user, select, none {有人} other {{user} }}正在操作此服务器{command, select, none {} other {：“{command}”（{face}），计算机 {computer}，进程 {processId}，始于 {since}}}。',
    next: '{user, select, none {请等待一分钟。如果一直如此而没有人在操作，请删除 {path}。} other {{thisComputer, select, none {请等待其完成，或与其联系。随时可以用“lync-drain watch”旁观。} other {从 {thisComputer} 无法得知该进程是否仍在工作。如果 {computer} 是本服务器以前的名称，或那里没有人在操作，请删除 {path}。}}}}',
  },
  'no-open-run': {
    happened: '当前没有正在进行的维护。',
    next: '用“lync-drain drain”开始。以往的维护见“lync-drain history”。',
  },
  'not-ready': {
    happened: '计划内的服务没有就绪。',
    next: '请按重新启动不安全的各个原因处理，或等待。状态显示就绪后再签收。',
  },
  'still-draining': {
    happened:
      '等待时间已到{left, select, none {，计划内的服务尚未就绪。排空仍在继续：已暂停的保持暂停，正在进行的会话继续。} other {。已暂停的保持暂停，但还有 {left} 个服务没有暂停并保持。}}',
    next: '{left, select, none {用“lync-drain watch”继续查看} other {再次执行同一命令以继续}}，或用“lync-drain resume”恢复服务。',
  },
  'blocked-by-check': {
    happened: '有检查未通过：{check}{more, plural, =0 {} other {，另有 # 项}}。未做任何更改。',
    next: '请先解决其中的问题。{override, select, none {这项检查不能放行。} other {如果必须继续，可以放行（终端中：“--override {override}”）。}}',
  },
  conflict: {
    happened:
      '{serviceName}：原启动类型为{original}，{ours, select, none {} other {我们设置为{ours}，}}现在是{now}。有人或其他程序更改过。',
    next: '请逐一决定：保留现状，或恢复原值（终端中：--keep 或 --original）。',
  },
  interrupted: {
    happened:
      '{command, select, resume {您在恢复服务的中途停止了。已恢复的保持恢复，其余的保持暂停。} pause {您已停止等待。已暂停的保持暂停。} confirm {您已停止等待。尚未确认，已暂停的保持暂停。} scheduled {您已停止等待。已暂停的保持暂停，到时由计划任务结束暂停。} countdown {您已停止等待。已暂停的保持暂停，不会再自动恢复，除非托盘程序正在运行。} other {{left, select, none {您已停止查看。排空仍在继续：已暂停的保持暂停，正在进行的会话继续。} other {您在排空的中途停止了。已暂停的保持暂停，正在进行的会话继续。}}}}{left, select, none {} other {还有 {left} 个服务没有暂停并保持。}}',
    next: '{command, select, resume {用“lync-drain resume”完成恢复。} confirm {用“lync-drain confirm”再次确认，或用“lync-drain resume”恢复服务。} other {{left, select, none {用“lync-drain watch”再次查看} other {再次执行同一命令以继续}}，或用“lync-drain resume”恢复服务。}}',
  },
  'already-returning': {
    happened: '已经开始恢复服务。',
    next: '用“lync-drain resume”完成恢复。如果要再次停用这些服务，请运行“lync-drain drain”。',
  },
  'partly-done': {
    happened: '有些服务失败，其余已完成。',
    next: '请逐一解决失败的服务的问题，然后再次执行同一命令。已完成的不会重做。',
  },
  'not-in-run': {
    happened: '{serviceName} 不属于这次维护。',
    next: '运行“lync-drain status”查看包含哪些服务。',
  },
  'request-refused': {
    happened: '窗口请求了目前不允许的操作。未做任何更改。',
    next: '请关闭窗口，然后从托盘重新打开。',
  },
  'sender-refused': {
    happened: '有请求不是来自本程序的窗口，已拒绝。',
    next: '请关闭窗口，然后从托盘重新打开。如果再次出现，请检查此服务器是否有不需要的软件。',
  },
  busy: {
    happened: '程序仍在执行您的上一个命令。',
    next: '请等它完成后重试。',
  },
  'restart-not-confirmed': {
    happened: '服务器还没有确认，因此不会从这里重新启动。',
    next: '请先确认。如果仍要重新启动，请在 Windows 中操作，正在进行的呼叫会中断。',
  },
  'restart-refused': {
    happened: 'Windows 拒绝重新启动或关机{code, select, none {} other {（错误 {code}）}}。',
    next: '请从“开始”菜单重新启动服务器。维护记录已保留，之后可以继续。',
  },
  'restart-scheduled': {
    happened: '此服务器已计划重新启动或关机，因此 Windows 拒绝了新的请求（错误 1190）。',
    next: '请等待其执行，或用“shutdown /a”取消后重试。无论哪种方式，维护记录都会保留。',
  },
  'others-signed-in': {
    happened: '此服务器上还有其他人已登录{users, select, none {} other {：{users}}}。没有重新启动或关机。',
    next: '请让他们注销，或重试并确认将其注销。未保存的工作会丢失。',
  },
  'computer-locked': {
    happened: '此服务器上有会话处于锁定状态，因此 Windows 拒绝重新启动或关机（错误 1271）。',
    next: '请解锁该会话，或在任务管理器的“用户”中将其注销，然后重试。',
  },
  'restart-not-allowed': {
    happened: 'Windows 不允许您重新启动或关闭此服务器（错误 5）。',
    next: '请以管理员身份运行。如果已是管理员，则策略取消了您的“关闭系统”权限，请找有此权限的人。',
  },
  'signed-in-unreadable': {
    happened: 'Windows 没有说明还有谁登录了此服务器。',
    next: '请查看任务管理器的“用户”。如果还有其他人登录，Windows 会拒绝非强制的重新启动。',
  },
  'autostart-not-changed': {
    happened: '无法更改“随 Windows 启动”。',
    next: '请以管理员身份运行后重试，或在任务计划程序中更改任务“Lync Drain”。',
  },
  'not-printed': {
    happened: '报告未打印{detail, select, none {} other {：{detail}}}。',
    next: '请检查打印机，或保存报告后在其他计算机上打印。',
  },
  'maintenance-open': {
    happened: '已有维护正在进行，此时不能快速暂停。',
    next: '请继续该维护，或先用“lync-drain resume”恢复服务。',
  },
  'pause-task-unsafe': {
    happened:
      '快速暂停需要一个以 SYSTEM 身份结束它的计划任务（您注销之后也有效），而该任务不得从 {path} 启动程序：{because, select, mapped {该驱动器号只属于您的会话} remote {该文件夹在另一台计算机上} other {其他人可以更改它{writableBy, select, none {} other {（{writableBy}）}}}}。未暂停任何服务。',
    next: '请把 Lync Drain 放到只有管理员可写入的位置（例如 C:\\Program Files 之下）并从那里启动。或者不用计划任务：“lync-drain pause --for 15m --no-end-task”。这样的暂停只有在该命令或托盘程序运行时才会自动结束。',
  },
  'pause-task-not-made': {
    happened: 'Windows 未能创建在您注销之后也会结束快速暂停的计划任务{detail, select, none {} other {（{detail}）}}。未暂停任何服务。',
    next: '请查看“Task Scheduler”服务是否在运行，然后重试。或者不用计划任务：“lync-drain pause --for 15m --no-end-task”。这样的暂停只有在该命令或托盘程序运行时才会自动结束。',
  },
  'way-back-interrupted': {
    happened: '您在恢复服务的中途停止了：{back} 个服务已恢复，{left} 个尚未恢复{services, select, none {} other {：{services}}}。',
    next: '用“lync-drain resume”完成恢复。在此之前，尚未恢复的服务不接受呼叫。',
  },
  'window-failed': {
    happened: '窗口无法显示此内容：{detail}。',
    next: '请按“重新显示”。已下达的操作会继续执行，已记录的内容是安全的。{logPath, select, none {} other {详细信息见 {logPath}。}}',
  },
  internal: {
    happened: 'Lync Drain 内部出错{detail, select, none {} other {：{detail}}}。',
    next: '已记录的内容是安全的。{logPath, select, none {加上 -v 再运行一次可查看详细信息。} other {详细信息见 {logPath}。}}',
  },
};
