/** How sessions are lost, as expectations and metrics name it; a test holds the list to the model's. */

import { z } from 'zod';
import { countComparison } from './comparison.ts';

export const lossCauses = z.object({
  'not-synced': countComparison().optional().describe('Lost because the survivor was never told.'),
  'in-flight': countComparison().optional().describe('Lost because it was about to be told, within the lag.'),
  'sync-backlog': countComparison().optional().describe('Lost because the message waited behind others.'),
  asymmetric: countComparison()
    .optional()
    .describe('Lost because their packets came to the wrong one of two.'),
  'not-synced-by-design': countComparison()
    .optional()
    .describe('Lost because such sessions are never synchronized.'),
  decrypted: countComparison().optional().describe('Lost because the survivor has not the keys.'),
  'timed-out': countComparison().optional().describe('Lost because the client gave up during the outage.'),
  'aged-out': countComparison().optional().describe('Lost because they were idle for too long.'),
  flushed: countComparison()
    .optional()
    .describe('Lost because the firewall forgot them, and its peer had no copy.'),
  'address-moved': countComparison()
    .optional()
    .describe('Lost because nobody has the address any more to which they were translated.'),
});
