/**
 * What the policy of an instance profile lets its instance do (reference aws-ha.md, sections 1.3 to 1.5; lint rules X07 to X10, X37). A
 * call that it does not allow fails at once and for good: only an operator can change that.
 */

import type { ApiError } from '../api.ts';
import type { InstanceProfileSettings } from './settings.ts';

const NO_CREDENTIALS: ApiError = { code: 'NoCredentials', errorClass: 'permanent' };
const UNAUTHORIZED: ApiError = { code: 'UnauthorizedOperation', errorClass: 'permanent' };

/**
 * @param profile null = the instance has none, so its calls are not signed
 * @param target of ReplaceRoute: `CIDR of TABLE`
 * @returns why the call is refused, or null
 */
export function refusedByPolicy(
  profile: InstanceProfileSettings | null,
  action: string,
  target: string,
): ApiError | null {
  if (profile === null) return NO_CREDENTIALS;
  const { actions, routeTables } = profile;
  if (actions !== null && !actions.has(action)) return UNAUTHORIZED;
  if (action !== 'ReplaceRoute' || routeTables === null) return null;
  return routeTables.has(target.split(' of ')[1] ?? '') ? null : UNAUTHORIZED;
}
