import type { ends as english } from '../en/ends.js';
import type { SameKeys } from '../topics.js';

export const ends: SameKeys<typeof english> = {
  columns: {
    remoteEnd: '远端',
    ourPort: '本机端口',
    kind: '可能是',
    age: '已持续',
    name: '名称',
  },
  kinds: {
    client: '客户端',
    unknown: '未知',
    server: '其他服务器',
    gateway: '网关',
    edge: '边缘服务器',
    'pool-member': '池成员',
  },
  counts: {
    client: '客户端 {count} 个',
    unknown: '未知 {count} 个',
    server: '其他服务器 {count} 个',
    gateway: '网关 {count} 个',
    edge: '边缘服务器 {count} 个',
    'pool-member': '池成员 {count} 个',
  },
  unknown: {
    'tcp-failed': '无法读取连接列表',
    'did-not-answer': '未能及时读取连接列表',
    'no-owner': '此 Windows 不说明哪个连接属于哪个进程',
  },
  sessions: '会话：{count} 个（{evidence}）。',
  sessionsUnknown: '会话：未知，原因：{reason}。{least, select, none {} other {看到：{least}。}}',
  stopped: '已停止：不承载会话。',
  connections: '连接：{count, plural, =0 {没有} other {# 个（{kinds}）}}。',
  connectionsUnknown: '连接：未知，原因：{why}。',
  udp: '媒体：{count} 个 UDP 端口。UDP 没有连接，因此 Windows 不提供其远端。',
  udpUnknown: '媒体：UDP 端口，数目未知。UDP 没有连接，因此 Windows 不提供其远端。',
  shown: '共 {count} 个，显示 {shown} 个：先显示客户端，每类从持续最久的开始。',
  showAll: '加上 --all 显示全部。',
  ageAtLeast: '至少 {age}',
  firstSeen: '刚刚首次看到',
  noName: '没有名称',
  noAnswer: '没有应答',
  serversUnknown:
    '此处并非知道所有 Lync 服务器，原因：{trouble}。因此不属于已知服务器的地址可能是客户端，也可能是服务器：除非端口能说明，否则为“未知”。',
  asksServers: '正在向 Lync 查询其服务器，最多 30 秒……',
  asksNames: '正在向 DNS 查询名称，最多 5 秒……',
  noServices: '此处没有安装承载会话的 Lync 服务。',
  list: '，',
  window: {
    title: '谁在连接 {serviceName}',
    reading: '正在读取连接……',
    again: '重新读取',
    names: '查询名称',
    asking: '正在向 DNS 查询，最多 5 秒……',
  },
};
