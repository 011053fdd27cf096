/** The pair in AWS that tests share is right in both modes: what one of them finds wrong is what it laid over. */

import { expect, test } from 'vitest';
import { awsMistakes } from '../../helpers/aws-pair.ts';

test('the pair in AWS: interface-move: nothing is said against it', () => {
  expect(awsMistakes({ mode: 'interface-move' })).toEqual([]);
});

test('the pair in AWS: secondary-ip: nothing is said against it', () => {
  expect(awsMistakes({ mode: 'secondary-ip' })).toEqual([]);
});
