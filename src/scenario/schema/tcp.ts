/**
 * `tcp:` — how patient the TCP of a client is. The defaults are Linux's (ip-sysctl: tcp_retries2, tcp_syn_retries; TCP_RTO_MIN,
 * TCP_RTO_MAX).
 */

import { z } from 'zod';
import { duration, wholeNumber } from './units.ts';

export const tcpSchema = z
  .strictObject({
    'initial-rto': duration({ from: '1ms', to: '1h' })
      .prefault('1s')
      .describe('Wait before the first repetition of a SYN.'),
    'min-rto': duration({ from: '1ms', to: '1h' })
      .prefault('200ms')
      .describe('Wait before the first repetition on an open connection.'),
    'max-rto': duration({ from: '1ms', to: '1h' }).prefault('2min').describe('Where doubling ends.'),
    retries: wholeNumber(0, 255)
      .default(15)
      .describe('Repetitions on an open connection before it is aborted.'),
    'syn-retries': wholeNumber(0, 127).default(6).describe('Repetitions of a SYN before it is given up.'),
  })
  .superRefine((tcp, context) => {
    for (const key of ['initial-rto', 'min-rto'] as const) {
      if (tcp[key] <= tcp['max-rto']) continue;
      context.addIssue({
        code: 'custom',
        path: [key],
        message: `expected ${key} of at most max-rto, got more`,
      });
    }
  });

export type Tcp = z.output<typeof tcpSchema>;
