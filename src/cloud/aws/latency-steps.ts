/** The steps of the latency model (reference aws-ha.md, section 7.1), by what is waited for. */

export const LATENCY_STEPS = [
  'describe',
  'detach-call',
  'detach',
  'attach-call',
  'attach',
  'guest',
  'assign-call',
  'assign',
  'associate-call',
  'associate',
  'replace-route-call',
  'replace-route',
  'bind-interface-move',
  'bind-secondary-ip',
] as const;

export type LatencyStep = (typeof LATENCY_STEPS)[number];
