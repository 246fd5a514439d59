/** What the walk tells a newcomer between the commands. */
export const walk = {
  title: 'A maintenance from beginning to end, on a simulated Lync server.',
  start: 'You want to restart a Lync server. People are talking on it. A plain restart would cut their calls.',
  plan: '1. First look at what would be done. Nothing is changed yet.',
  drain: '2. Drain it. New calls go to other servers; running ones go on until people hang up. The clock runs {speed} times as fast.',
  confirm: '3. No session is left, and that was watched for a while. Sign it off.',
  restart: '4. Now do your work and restart the server. (The simulated server restarts here.)',
  after: '5. After the restart: start types are Manual, so nothing took calls behind your back.',
  resume: '6. The way back. Every service gets exactly the start type it had, and runs again.',
  end: 'That is all. On a real server: "lync-drain plan", "drain", "confirm", restart, "resume". Practise with --simulate.',
  failed: 'The walk stopped, because the last command did not end as it should.',
} as const;
