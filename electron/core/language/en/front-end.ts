/** What is told of the Front-End on the way back, in the terminal and in the event list alike. */
export const frontEndTexts = {
  starting:
    'Front-End: the pool has not placed its users yet. Routing groups that may not be placed: {notPlaced}{groups, select, unknown {} other { of {groups}}}. This can take up to an hour: leave it alone.',
  back: 'Front-End: {listens, select, true {port 5061 listens} false {port 5061 does not listen} other {it is not known whether port 5061 listens}}{registered, select, uncounted {} unknown {; how many endpoints are registered is not known} 0 {; no endpoint has registered yet} 1 {; 1 endpoint is registered} other {; {registered} endpoints are registered}}.',
};
