import type { AppTexts } from '../app-topics.js';

export const app: AppTexts = {
  events: {
    'tail-lost': '记录的最后几行丢失。恢复过程以记录中仍有的内容为准。',
    'run-opened': '已打开一次维护。',
    'step-done':
      '{serviceName}：{step, select, pause {已暂停} manual {已设置启动类型} continue {已继续} start {已启动} restore-start-type {已恢复启动类型} other {已完成}}。',
    'step-failed':
      '{serviceName} 无法{step, select, pause {暂停} manual {设置启动类型} continue {继续} start {启动} restore-start-type {恢复启动类型} other {更改}}。',
    'service-waiting': '{serviceName} {step, select, pause {暂停} continue {继续} start {启动} other {更改}}缓慢：已 {seconds} 秒。',
    leak: '{serviceName} 已暂停，但仍有新工作到达：{before} 变为 {after}{from, select, none {} other {（来自 {from}）}}。',
    lost: '{serviceName} 的会话可能已中断。',
    accepted: '{user} 已认可 {serviceName}。',
    awake: '{serviceName} 期间又运行过。',
    'acceptance-ended': '对 {serviceName} 的认可不再有效。',
    stalled: '{serviceName} 的 {count} 个会话在 {minutes} 分钟内没有结束。',
    'outside-change': '{serviceName} 被外部更改。',
    withdrawn: '已证明或已签收的结果不再成立。',
    restarted: '服务器已重启。现在有 {count} 个计划内服务在运行。',
    'lock-taken-over': '已接管 {user} 的已结束进程。',
    ready: '计划内的服务已静止{accepted, select, none {} other {或已人工认可}}。',
    'needs-acceptance': '{count} 个服务需要您的认可：无法统计其会话，其他服务都已没有会话。',
    'still-draining': '{minutes} 分钟后仍有会话。排空继续进行。',
    returned: '已恢复服务。',
    'front-end-starting':
      'Front-End：池尚未完成用户的放置。可能未放置的路由组：{notPlaced} 个{groups, select, unknown {} other {（共 {groups} 个）}}。这可能需要长达一小时：请勿干预。',
    'front-end-back':
      'Front-End：{listens, select, true {端口 5061 正在侦听} false {端口 5061 未在侦听} other {无法得知端口 5061 是否在侦听}}；{registered, select, unknown {无法得知已注册的终端数} 0 {尚无终端注册} other {已有 {registered} 个终端注册}}。',
    'command-failed': '命令未能执行。',
    'watch-failed': '等待过程无法记录，因此不会自动结束。',
    'reading-failed': '无法读取服务。',
    'record-broken': '未结束维护的记录无法继续使用。不会据此执行任何操作。',
    'reading-recovered': '可以再次读取服务。',
    'cut-off': '{command, select, pause {暂停} resume {恢复服务} other {排空}}在中途被中断。请在菜单或窗口中让它继续。',
    'quick-pause-ends': '暂停已结束，正在恢复接听呼叫。',
    'open-run-reminder': '维护已打开 {hours} 小时。工作完成后请恢复服务。',
    'shutdown-seen': 'Windows 正在关机或重启。',
    'session-end-seen': '有人正在注销。服务器保持现状；下次登录时应用会再次启动。',
    'tray-restored': '资源管理器已重启，图标已恢复。',
    'app-failed': 'Lync Drain 出现内部错误，仍在继续运行。',
  },
  titles: {
    leak: '{serviceName} 已暂停，但仍有新工作到达。',
    'front-end-starting': 'Front-End 仍在启动。',
    'front-end-back': 'Front-End 已运行，但尚未看到全部恢复。',
  },
  dialogs: {
    exitTitle: '退出 Lync Drain？',
    exitDetail: '有一次维护尚未结束。服务器保持现状，但在您再次启动 Lync Drain 之前，没有程序观察会话或结束暂停。',
    exitConfirm: '退出',
    exitCancel: '继续运行',
    saveReport: '保存报告',
    pauseTitle: '不用计划任务而暂停？',
    pauseDetail: '{reason} 没有该任务时，只有此程序或命令在运行，暂停才会自动结束；注销或重新启动后不会。',
    pauseConfirm: '不用它而暂停',
    pauseCancel: '不暂停',
  },
};
