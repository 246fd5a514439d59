/** What is told of the Front-End on the way back, in the terminal and in the event list alike. */
export const frontEndTexts = {
  starting:
    'Front-End：池尚未完成用户的放置。可能未放置的路由组：{notPlaced} 个{groups, select, unknown {} other {（共 {groups} 个）}}。这可能需要长达一小时：请勿干预。',
  back: 'Front-End：{listens, select, true {端口 5061 正在侦听} false {端口 5061 未在侦听} other {无法得知端口 5061 是否在侦听}}{registered, select, uncounted {} unknown {；无法得知已注册的终端数} 0 {；尚无终端注册} other {；已有 {registered} 个终端注册}}。',
};
