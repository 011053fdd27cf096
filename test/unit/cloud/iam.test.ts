import { expect, test } from 'vitest';
import { CHANGING_ACTIONS } from '../../../src/cloud/aws/ec2-actions.ts';
import { refusedByPolicy } from '../../../src/cloud/aws/iam.ts';
import type { InstanceProfileSettings } from '../../../src/cloud/aws/settings.ts';

const UNAUTHORIZED = { code: 'UnauthorizedOperation', errorClass: 'permanent' };

function profile(part: Partial<InstanceProfileSettings> = {}): InstanceProfileSettings {
  return { name: 'palo-ha', actions: null, routeTables: null, ...part };
}

test('policy: no instance profile: no credentials for any action, and none later', () => {
  const refused = CHANGING_ACTIONS.map((action) => refusedByPolicy(null, action, 'x'));

  expect(new Set(refused)).toEqual(new Set([{ code: 'NoCredentials', errorClass: 'permanent' }]));
});

test('policy: everything is allowed: nothing is refused', () => {
  expect(CHANGING_ACTIONS.map((action) => refusedByPolicy(profile(), action, 'x'))).toEqual(
    CHANGING_ACTIONS.map(() => null),
  );
});

test('policy: an action that it does not name: refused for good, the others are not', () => {
  const some = profile({ actions: new Set(['DetachNetworkInterface']) });

  expect(refusedByPolicy(some, 'DetachNetworkInterface', 'palo-outside-eni')).toBeNull();
  expect(refusedByPolicy(some, 'AttachNetworkInterface', 'palo-outside-eni')).toEqual(UNAUTHORIZED);
});

test('policy: an empty list of actions: none is allowed', () => {
  expect(refusedByPolicy(profile({ actions: new Set() }), 'DescribeInstances', 'x')).toEqual(UNAUTHORIZED);
});

test('policy: ReplaceRoute of one route table: refused for another one (X37)', () => {
  const one = profile({ routeTables: new Set(['private']) });

  expect(refusedByPolicy(one, 'ReplaceRoute', '0.0.0.0/0 of private')).toBeNull();
  expect(refusedByPolicy(one, 'ReplaceRoute', '0.0.0.0/0 of transit')).toEqual(UNAUTHORIZED);
});

test('policy: ReplaceRoute of one route table: says nothing about other actions', () => {
  const one = profile({ routeTables: new Set(['private']) });

  expect(refusedByPolicy(one, 'AttachNetworkInterface', 'palo-outside-eni')).toBeNull();
});

test('policy: a route table that it names, an action that it does not: refused', () => {
  const one = profile({ actions: new Set(['DescribeRouteTables']), routeTables: new Set(['private']) });

  expect(refusedByPolicy(one, 'ReplaceRoute', '0.0.0.0/0 of private')).toEqual(UNAUTHORIZED);
});
