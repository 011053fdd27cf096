/** docs/lint.md: what `hasim lint` is for people who have never run it, and the table of its rules. */

import { renderRulesMarkdown } from './table.ts';

const OPENING = `# hasim lint

\`hasim lint FILE…\` reads scenarios and says, before anything is run, what will not work in them: where it stands, what will happen,
and who says so. \`hasim validate\` refuses what PAN-OS or AWS would refuse; lint speaks of what both accept and what fails later.

\`\`\`console
$ hasim lint scenarios/aws/no-icmp.yaml
scenarios/aws/no-icmp.yaml:13:7  error  X01  Palo-mgmt-SG admits no ICMP from 10.0.0.11, and no ICMP from 10.0.0.10.
  13 |       ingress:
     |       ^^^^^^^
     → HA1 never comes up: each firewall finds its peer was never reachable, and both may go active.
     aws-ha.md section 5, X01; https://github.com/mzalewski87/aws_ha_project/blob/08fad0581f95e2a70ca84594514d78be5fc51481/modules/region_stack/main.tf#L73-L85

1 error, 0 warnings, 0 notes
\`\`\`

- **error**: failover cannot work. **warning**: it is worse than it has to be, or sessions are lost. **note**: worth knowing.
- Exit 0 without errors, 1 with an error or more warnings than \`--max-warnings N\`, 2 when a file is no scenario.
- \`--rule X03,H01\` asks these rules only, \`--ignore X34\` all others. \`--quiet\` shows errors only.
- \`--format json\` for programs, \`--format sarif\` for code scanning (SARIF 2.1.0), \`-o FILE\` to write either.
- A scenario that makes a mistake on purpose says so: \`deliberate: [X03]\`. It is counted as deliberate and no more. An id that finds
  nothing there is a warning.
- \`--simulate\` runs the scenario as it is and with each mistake repaired, with one seed, and says what the mistake does to the outage:
  as things stand, and were it the only mistake. Repaired is what can be repaired without guessing.

X.. are the rules of section 5 of the reference for AWS, with its severities; H.. are our own, from the PAN-OS reference, for pairs with
cables. X15 is an error where DPDK is on at both firewalls; where it is on at one only it is a warning, for guides turn it off at the
active alone and nothing published settles which of the two needs it (section 9 there). X38 counts routes of secondary-ip only: with
interface-move routes stay as they are.

`;

/** The whole page. */
export function renderLintPage(): string {
  return `${OPENING}${renderRulesMarkdown()}`;
}
