/** How sessions are lost, as expectations and metrics name it; a test holds the list to the model's. */

import { z } from 'zod';
import { countComparison } from './comparison.ts';

export const lossCauses = z.object({
  'not-synced': countComparison().optional(),
  'in-flight': countComparison().optional(),
  'sync-backlog': countComparison().optional(),
  asymmetric: countComparison().optional(),
  'not-synced-by-design': countComparison().optional(),
  decrypted: countComparison().optional(),
  'timed-out': countComparison().optional(),
  'aged-out': countComparison().optional(),
  flushed: countComparison().optional(),
  'address-moved': countComparison().optional(),
});
