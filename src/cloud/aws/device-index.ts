/**
 * Device indexes of a firewall's network interfaces: 0 is management, 1 is HA2, from 2 on they carry traffic. The first two are each
 * firewall's own and never move (reference aws-ha.md, K5; C-021).
 */

export const FIRST_DATA_INDEX = 2;
