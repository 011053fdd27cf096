import { describe, expect, test } from 'vitest';
import {
  BROADCAST_MAC,
  contains,
  formatIp,
  formatMac,
  parseCidr,
  parseIp,
  parseMac,
  virtualMac,
} from '../../../src/network/address.ts';

describe('address: text and number', () => {
  test.each(['0.0.0.0', '10.0.0.1', '203.0.113.255', '255.255.255.255'])(
    'address: %s: read and written',
    (text) => {
      expect(formatIp(parseIp(text))).toBe(text);
    },
  );

  test.each(['00:00:00:00:00:01', '00:1b:17:00:01:12', 'ff:ff:ff:ff:ff:ff'])(
    'address: %s: read and written',
    (text) => {
      expect(formatMac(parseMac(text))).toBe(text);
    },
  );

  test('address: the broadcast MAC: all ones', () => {
    expect(formatMac(BROADCAST_MAC)).toBe('ff:ff:ff:ff:ff:ff');
  });
});

describe('address: subnets', () => {
  test.each([
    ['10.0.0.1/24', '10.0.0.254', true],
    ['10.0.0.1/24', '10.0.1.1', false],
    ['203.0.113.1/32', '203.0.113.1', true],
    ['203.0.113.1/32', '203.0.113.2', false],
    ['128.0.0.0/1', '255.0.0.1', true],
    ['128.0.0.0/1', '127.0.0.1', false],
    ['0.0.0.0/0', '198.51.100.10', true],
  ])('address: %s with %s: contained %s', (cidr, ip, inside) => {
    expect(contains(parseCidr(cidr), parseIp(ip))).toBe(inside);
  });
});

describe('address: virtual MAC', () => {
  test.each([
    [1, 'ethernet1/3', '00:1b:17:00:01:12'], // The worked example of K14.
    [1, 'ethernet1/1', '00:1b:17:00:01:10'],
    [63, 'ethernet1/1', '00:1b:17:00:3f:10'],
    [1, 'ethernet2/1', '00:1b:17:00:01:50'],
  ])('address: group %i, %s: %s', (group, port, mac) => {
    expect(formatMac(virtualMac(group, port))).toBe(mac);
  });

  test.each<[number, 0 | 1, string]>([
    [1, 0, '00:1b:17:00:01:12'],
    [1, 1, '00:1b:17:00:81:12'],
    [63, 1, '00:1b:17:00:bf:12'],
  ])('address: group %i, device %i, ethernet1/3: %s', (group, device, mac) => {
    expect(formatMac(virtualMac(group, 'ethernet1/3', device))).toBe(mac);
  });

  test('address: two groups on one segment: no address in common', () => {
    const ports = Array.from({ length: 16 }, (_, index) => `ethernet1/${index + 1}`);
    const macs = [1, 2].flatMap((group) => ports.map((port) => virtualMac(group, port)));
    expect(new Set(macs).size).toBe(32);
  });
});
