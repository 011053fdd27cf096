/** Rules of the reference for AWS (section 8) that no other file tests yet, one to a line. */

import { test } from 'vitest';

test.todo('C-019: interface-move: per network interface Detach, wait for available, Attach — not yet');
test.todo('C-020: interface-move, k data network interfaces: k Detach, k Attach and nothing else — not yet');
test.todo('C-021: interface-move: device indices 0 and 1 are never moved — not yet');
test.todo('C-022: Attach before available: InvalidNetworkInterface.InUse, again after one poll — not yet');
test.todo('C-023: between available and attached: every route to the interface is a black hole — not yet');
test.todo('C-024: an interface arrives: its addresses, EIP, groups and check are as before — not yet');
test.todo('C-025: one of two interfaces has arrived: nothing passes through yet — not yet');
test.todo('C-032: DPDK on: moved interfaces are never usable, unless overridden — not yet');
test.todo('C-033: the passive has the index in use: Attach fails for good — not yet');
test.todo(
  'C-034: secondary-ip: one AssignPrivateIpAddresses per interface, however many addresses — not yet',
);
test.todo('C-035: an EIP on a moved secondary address: arrives with it, without a call — not yet');
test.todo('C-036: an EIP on a primary data address: one AssociateAddress each — not yet');
test.todo('C-037: unassign and assign: the EIP is disassociated until associated again — not yet');
test.todo('C-038: secondary-ip: one ReplaceRoute per route to a data interface of the peer — not yet');
test.todo('C-039: returned but not propagated: packets go to the old owner — not yet');
test.todo('C-049: the bucket of Attach kept empty: a stall after Detach, and nobody has it — not yet');
test.todo('C-050: no instance profile: no call succeeds, an outage without end — not yet');
test.todo('C-051: Detach allowed and Attach not: the interface ends available, with nobody — not yet');
test.todo('C-052: no ReplaceRoute: addresses move, outbound stays black-holed — not yet');
test.todo('C-053: no AssociateAddress, EIPs on secondary addresses only: complete — not yet');
test.todo('C-054: management without the API: the role flips, the data path never moves — not yet');
test.todo('C-055: one node without the API: failover to it fails, failback works — not yet');
test.todo('C-057: a detach stalls in serial mode: the total grows by as much — not yet');
test.todo('C-058: Force detach: short, and the index may be unusable until stop and start — not yet');
test.todo('C-059: attached, and the guest lags: traffic starts that much later — not yet');
test.todo('C-060: peer terminated, attachment gone: Detach is not found, on to Attach — not yet');
test.todo('C-063: secondary-ip, interfaces in different subnets: Assign fails for good — not yet');
test.todo('C-064: secondary-ip with fewer than four interfaces on a node: an error — not yet');
test.todo('C-065: an instance type of three interfaces, a design of four: an error before the run — not yet');
test.todo('C-066: source/destination check on: transit packets are dropped in both modes — not yet');
test.todo(
  'C-072: a synced session, NAT to the floating address, allow-all: survives below 924.6 s — not yet',
);
test.todo('C-073: secondary-ip, NAT to the primary address: every such session is lost — not yet');
test.todo('C-074: interface-move: synced sessions with NAT keep their addresses — not yet');
test.todo('C-075: HA2 blocked: every session is lost at failover, in both modes — not yet');
test.todo('C-076: SSL forward proxy: every session is lost — not yet');
test.todo('C-077: decrypted inbound without PFS: survives undecrypted; with PFS: lost — not yet');
test.todo('C-078: ICMP: none in the synced table — not yet');
test.todo('C-079: no allow-all: mid-flow packets are dropped until one that a rule admits — not yet');
test.todo('C-080: a path outage of 14.2 s: TCP resumes at 25.4 s, a SYN connects at 15 s — not yet');
test.todo('C-081: a path outage of 31.7 s: 51.0 s and 63 s — not yet');
test.todo('C-082: a path outage over 127 s: new connections fail — not yet');
test.todo('C-083: GlobalProtect or IKE with warm-up: back 120 to 180 s after the objects — not yet');
test.todo('C-084: one seed: all times alike; one more EIP: the same draws of interfaces — not yet');
test.todo('C-085: Terraform applies after a failover: route, EIP and interface back at node 1 — not yet');
test.todo('C-089: seed 001 as a definition: X01, X03, X07, X22 and X23 — not yet');
test.todo('C-090: the EC2 control plane down for D: the cloud phase is not over before — not yet');
