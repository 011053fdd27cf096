/** Rules of the reference for AWS (section 8) that no other file tests yet, one to a line. */

import { test } from 'vitest';

test.todo('C-019: interface-move: per network interface Detach, wait for available, Attach — not yet');
test.todo('C-020: interface-move, k data network interfaces: k Detach, k Attach and nothing else — not yet');
test.todo('C-021: interface-move: device indices 0 and 1 are never moved — not yet');
test.todo('C-022: Attach before available: InvalidNetworkInterface.InUse, again after one poll — not yet');
test.todo('C-024: an interface arrives: its addresses, EIP, groups and check are as before — not yet');
test.todo(
  'C-034: secondary-ip: one AssignPrivateIpAddresses per interface, however many addresses — not yet',
);
test.todo('C-035: an EIP on a moved secondary address: arrives with it, without a call — not yet');
test.todo('C-036: an EIP on a primary data address: one AssociateAddress each — not yet');
test.todo('C-037: unassign and assign: the EIP is disassociated until associated again — not yet');
test.todo('C-038: secondary-ip: one ReplaceRoute per route to a data interface of the peer — not yet');
test.todo('C-051: Detach allowed and Attach not: the interface ends available, with nobody — not yet');
test.todo('C-057: a detach stalls in serial mode: the total grows by as much — not yet');
test.todo('C-058: Force detach: short, and the index may be unusable until stop and start — not yet');
test.todo('C-060: peer terminated, attachment gone: Detach is not found, on to Attach — not yet');
test.todo('C-063: secondary-ip, interfaces in different subnets: Assign fails for good — not yet');
test.todo('C-064: secondary-ip with fewer than four interfaces on a node: an error — not yet');
test.todo('C-065: an instance type of three interfaces, a design of four: an error before the run — not yet');
test.todo('C-085: Terraform applies after a failover: route, EIP and interface back at node 1 — not yet');
test.todo('C-089: seed 001 as a definition: X01, X03, X07, X22 and X23 — not yet');
