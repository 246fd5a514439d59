import type { MessageTexts } from '../topics.js';

export const messages: MessageTexts = {
  'check-elevated-pass': '{user} may control services here.',
  'check-elevated-block': '{user} may not control services in this window. Open it with "Run as administrator".',
  'check-pausable-pass': '{serviceName} can be paused, or takes no calls already.',
  'check-pausable-block': '{serviceName} runs but cannot be paused. Leaving it out means that it keeps taking new work.',
  'check-pausable-unknown': '{serviceName} is changing its state. Whether it can be paused is known when it runs.',
  'check-evidence-pass': 'The sessions of {serviceName} can be counted ({evidence}).',
  'check-evidence-unknown':
    'It is not known how many sessions {serviceName} carries: {reason}. It never counts as quiet unless you accept it by hand.',
  'check-evidence-weak':
    'The sessions of {serviceName} can only be guessed from its connections ({evidence}). Look twice before you restart.',
  'check-pool-pass':
    '{members, select, 1 {This server is the whole pool {pool}: there is no quorum to keep.} other {The pool {pool} has enough servers in service: {others} of the other servers, {members} in all.}}{unseen, select, none {} other { {unseen, plural, one {# of them was} other {# of them were}} not seen in service: only the Lync cmdlets count {unseen, plural, one {it} other {them}}.}}',
  'check-pool-warn':
    '{required, select, none {The pool {pool} has {members} servers, more than the published tables say a quorum for; {others, plural, one {# of the others is} other {# of the others are}} in service. Make sure that enough are left.} other {Only {others, plural, one {# other server of the pool {pool} is} other {# other servers of the pool {pool} are}} in service. If one more fails, the pool stops.}}{unseen, select, none {} other { {unseen, plural, one {# of them was} other {# of them were}} not seen in service: only the Lync cmdlets count {unseen, plural, one {it} other {them}}.}}',
  'check-pool-block':
    'The pool {pool} needs {required, plural, one {# server} other {# servers}} in service besides this one, but has {others}. Without this server it would stop for everybody.{milder, select, none {} other { Another table by Microsoft says {milder}; the stricter one is taken.}}',
  'check-pool-unknown':
    'It is not known how many servers of the pool{pool, select, none {} other { {pool}}} are in service{trouble, select, none {} other {: {trouble}}}. Make sure that only this one goes down.',
  'check-pool-unseen':
    'The pool {pool} has {members} servers. It is not known how many of the others are in service{trouble, select, none {} other {: {trouble}}}.{required, select, none {} other { Besides this one, {required} must run.}} Make sure that only this one goes down.',
  'check-pool-kept':
    'Which servers the pool {pool} has now is not known{trouble, select, none {} other {: {trouble}}}. {count, plural, one {The other server that the Lync cmdlets told at {toldAt} is} other {The # other servers that the Lync cmdlets told at {toldAt} are}} looked at; one that was added since then is not. Make sure that only this one goes down.',
  'check-server-pass': '{server} is in service.',
  'check-server-unknown':
    'Whether {server} is in service is not known: {silence}. One server of a pool goes down at a time, so make sure that it is not in maintenance.{toldAt, select, none {} other { The Lync cmdlets told at {toldAt} that it belongs to the pool.}}',
  'check-server-block':
    '{server} is in maintenance ({serviceName}: {state}). One server of a pool goes down at a time. Wait until that one is back.{toldAt, select, none {} other { The Lync cmdlets told at {toldAt} that it belongs to the pool.}}',
  'check-first-start-warn':
    'The pool {pool} would have {running, plural, one {# server} other {# servers}} with this one. If it stops as a whole, it does not start again before {firstStart} run.',
  'check-readiness-pass': 'The pool says that it is ready for an upgrade, and has been for 20 minutes.',
  'check-readiness-soon':
    'The pool has said since {since} that it is ready for an upgrade. Microsoft has people wait 20 minutes more. This check passes at {passesAt}.',
  'check-readiness-busy':
    'The pool says that it is busy: it still moves users or data ({times, plural, one {seen once} other {seen # times}}). It is asked again at {passesAt}.',
  'check-readiness-stuck':
    'The pool has said since {since} that it is busy ({times} times, ten minutes apart). Something is wrong with it: look at Get-CsPoolFabricState before a server goes down.',
  'check-readiness-insufficient':
    'The pool says that too few of its Front Ends are active for this one to go down (InsufficientActiveFrontEnds). Bring another one back first.',
  'check-readiness-unknown':
    'Whether the pool is ready for an upgrade is not known: {trouble}. In the Lync Server Management Shell, Get-CsPoolUpgradeReadinessState or Get-CsUpgradeDomainInfo says it.',
  'check-last-instance-warn':
    'No other server of the pool is in service that could take new calls of {services}: while they drain, new calls are declined.',
  'check-single-server-warn': 'This is the only server of its pool. While the Front-End is paused, its users cannot sign in.',
  'check-failover-pass': 'The server is not in a failover.',
  'check-failover-block':
    'All Lync services are stopped and disabled, as Invoke-CsComputerFailOver leaves them. Only Invoke-CsComputerFailBack may undo that.',
  'check-failover-half':
    'Invoke-CsComputerFailOver or Invoke-CsComputerFailBack seems to be at work here, or was broken off: these services are disabled: {services}. Let it finish, or run it again. Two tools at once would undo each other.',
  'check-failover-tool':
    'Lync has a tool of its own for taking a whole server out of its pool: Invoke-CsComputerFailOver moves its users and stops its services, Invoke-CsComputerFailBack undoes that (Skype for Business Server 2015 and later). The procedure of Microsoft for updates uses it. Use one of the two, never both.',
  'check-dns-pass':
    'The pool uses DNS load balancing ({addresses} addresses), so new calls of {services} go to other servers. Conferencing Attendant, Conferencing Announcement, Response Group, Announcement and Call Park rely on it.',
  'check-dns-warn':
    'The pool has one address, so it does not use DNS load balancing. Conferencing Attendant, Conferencing Announcement, Response Group, Announcement and Call Park rely on it: calls of {services} may be cut or declined while draining.',
  'check-dns-unknown':
    'Whether the pool uses DNS load balancing is not known{trouble, select, none {} other {: {trouble}}}. Without it, calls of {services} (Conferencing Attendant, Conferencing Announcement, Response Group, Announcement, Call Park) may be cut or declined.',
  'check-recovery-pass':
    'If {services, select, none {a service} other {one of these ({services})}} ends unexpectedly, its recovery action starts it again, and it takes calls. That is watched for and told.',
  'check-reboot-pass': 'After a restart every planned service stays stopped until you bring it back.',
  'check-reboot-warn':
    'After a restart these would run all the same and take calls, because a service that starts automatically needs them: {services}. The stronger hold "Disabled" prevents it (in the terminal: --hold disabled).',
  'check-reboot-unknown':
    'It is not sure whether these would start after a restart, because Windows starts them on an event (trigger start), or settings could not be read: {services}. The stronger hold "Disabled" prevents it (in the terminal: --hold disabled).',
  'check-not-lync-warn': '{serviceName} is not a Lync service we know. It is included because you named it.',
  'check-unknown-lync-warn': '{serviceName} is a service of Lync that this program does not know. It can be paused, so it is included.',
  'check-outside-plan-warn': 'These carry sessions and are not in the plan: {services}. The server will not be safe to restart.',
  'check-pending-warn': '{serviceName} is changing its state now: {state}. It is waited for.',
  'check-not-running-warn':
    '{serviceName} starts with Windows, but does not run now. If Windows has only just started, wait until it runs: what is found stopped, the way back leaves stopped.',
  'check-found-paused-warn':
    '{services} {count, plural, one {is} other {are}} paused already, and not by this maintenance. The way back leaves {count, plural, one {it} other {them}} paused, as found.',
  'check-start-type-kept-warn': 'Start types are left as they are. After a restart the services run again and take calls.',
  'check-web-traffic-warn':
    'Pausing does not drain web traffic (sign-in of mobile clients, joining meetings, address book). Take this server out of the web load balancer too.',

  'check-pool-none':
    'This server ({serverRole}) stands in no pool of Front Ends. Whether another one takes its work is not known. Make sure that only this one goes down.',
  'check-role-director-warn':
    'A Director signs people in and sends them on, and passes calls of people outside through. No counter sees all of them, so RTCSRV is never proved empty: look at its connections, then accept it by hand.',
  'check-role-edge-warn':
    'People outside and partners come in over this Edge. While it is paused they need another Edge. Web conferencing (RTCDATAPROXY) has no counter and is accepted by hand. In a site the Edge comes last: Front Ends, then Directors and Mediation Servers, then Edges.',
  'check-role-mediation-warn':
    'Gateways stay connected while this Mediation Server is paused. New calls need another Mediation Server that is set up for their trunk.',
  'check-role-chat-warn':
    'No counter says who is in a chat room. RTCCHAT and RTCCOMPL are never proved empty: look at their connections, then accept them by hand.',
  'check-role-branch-warn':
    'The people of a branch are registered at this appliance, and its gateway calls over it. While it is paused they need the network to the main site. No counter is known that sees all of them, so RTCSRV is accepted by hand.',

  'reboot-starts-automatically': 'start type Automatic',
  'reboot-starts-automatically-delayed': 'start type Automatic (Delayed Start)',
  'reboot-started-by-dependent': 'needed by {dependent}, which starts automatically',
  'reboot-may-start-by-trigger': 'may be started by Windows on an event (trigger start)',
  'reboot-stays-manual': 'start type Manual, and nothing else starts it',
  'reboot-stays-disabled': 'disabled',
  'reboot-unknown': 'settings could not be read',

  'blocks-not-paused': '{serviceName} is not paused: {state}.',
  'blocks-pending': '{serviceName} is still changing its state: {state}.',
  'blocks-start-type': 'The start type of {serviceName} is {startType}. After a restart it would take calls again.',
  'blocks-start-type-unknown': 'The start type of {serviceName} could not be read.',
  'blocks-missing': '{serviceName} is not on this server any more.',
  'blocks-sessions': '{count, plural, one {# session still runs.} other {# sessions still run.}}',
  'blocks-unknown-sessions':
    'It is not known how many sessions {serviceName} carries: {reason}{atLeast, select, none {} other {; at least {atLeast}{ageSeconds, select, none {} other {, {ageSeconds} s ago}}}}.',
  'blocks-hold-time':
    'All at zero. It must stay so for {holdSeconds, plural, one {# second} other {# seconds}}; {heldSeconds} have passed.',
  'blocks-not-read': 'No service of the plan is left to wait for.',

  'caveat-pool-unknown': 'It is not known how many other servers of the pool are in service.',
  'caveat-outside-pool': 'This server belongs to no Front End pool that could take its place.',
  'caveat-single-server': 'This is the only server of the pool {pool}. While it is down, its users cannot sign in.',
  'caveat-quorum-overridden':
    'The quorum check was overridden: {others} other servers of the pool {pool} are in service, {required} are needed.',
  'caveat-quorum-not-in-table': 'The pool {pool} has {members} servers, more than the published tables say a quorum for.',
  'caveat-web-sessions':
    '{count, plural, one {# web session still runs} other {# web sessions still run}}: this server is still in the web load balancer.',
};
