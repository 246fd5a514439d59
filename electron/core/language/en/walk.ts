/** What the walk tells a newcomer between the commands. */
export const walk = {
  title: 'A maintenance from beginning to end, on a simulated Lync server.',
  scenario: 'The server: {scenario}.',
  start: 'You want to restart a Lync server. People are talking on it. A plain restart would cut their calls.',
  plan: '1. First look at what would be done. Nothing is changed yet.',
  drain: '2. Drain it. New calls go to other servers; running ones go on until people hang up. The clock runs {speed} times as fast.',
  drainScenario: '2. Drain it. It takes no new work; what is running goes on until people hang up. The clock runs {speed} times as fast.',
  accept: 'Nothing here counts every session of {services}. An administrator looks, and says by hand that no session is left there.',
  drainAgain: 'Now the drain goes on where it was.',
  confirmAccepted: '3. No session is left that can be counted, and the rest was accepted by hand. Sign it off.',
  confirm: '3. No session is left, and that was watched for a while. Sign it off.',
  restart: '4. Now do your work and restart the server. (The simulated server restarts here.)',
  after: '5. After the restart: start types are Manual, so nothing took calls behind your back.',
  resume: '6. The way back. Every service gets exactly the start type it had, and runs again.',
  end: 'That is all. On a real server: "lync-drain plan", "drain", "confirm", restart, "resume". Practise with --simulate.',
  help: 'Without options: the maintenance of a Front End. "npm start -- --simulate=NAME" takes another server, role or mishap, in the terminal as in the tray app; several go together with commas (edge,leak). With --seed=N it is another server of that kind, with --speed=N its clock runs otherwise. Names: {scenarios}.',
  failed: 'The walk stopped, because the last command did not end as it should.',
} as const;
