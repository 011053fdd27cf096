/**
 * `devices:` — the two firewalls: platform, HA overrides, and the running configuration that configuration sync copies
 * (interfaces and routes). The passive of a new pair has none of the latter (first seed document).
 */

import { z } from 'zod';
import { PLATFORMS, type Platform } from '../../ha/timers.ts';
import { highAvailabilitySchema } from './high-availability.ts';
import { cidr, dataInterface, ipv4, line, mac, name } from './units.ts';

const interfaceSchema = z.strictObject({ zone: name(), ip: cidr() });

const staticRoute = z.strictObject({ destination: cidr(), nexthop: ipv4() });

export const runningConfigShape = {
  interfaces: z.record(dataInterface(), interfaceSchema).default({}),
  'static-route': z.array(staticRoute).default([]),
};

export const deviceSchema = z.strictObject({
  platform: z.enum(Object.keys(PLATFORMS) as [Platform, ...Platform[]]).default('PA-3400'),
  'ha1-mac': mac().optional().describe('Tie break of equal priorities; by default in the order of the file.'),
  'serial-number': line(32).optional(),
  'multi-vsys': z.boolean().default(false),
  'fips-cc': z.boolean().default(false),
  'high-availability': highAvailabilitySchema.prefault({}),
  ...runningConfigShape,
});

export type Device = z.output<typeof deviceSchema>;
