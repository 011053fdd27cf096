/** docs/lint.md: what `hasim lint` is for people who have never run it, and the table of its rules. */

import { renderRulesMarkdown } from './table.ts';

const OPENING = `# hasim lint

\`hasim lint FILE…\` reads scenarios and says, before anything is run, what will not work in them: where it stands, what will happen,
and who says so. \`hasim validate\` refuses what PAN-OS or AWS would refuse; lint speaks of what both accept and what fails later.

    $ hasim lint pair.yaml
    pair.yaml:64:7  warning  X03  palo-ha-sg admits no UDP 29281 from 10.0.3.11, and no UDP 29281 from 10.0.3.10.
      64 |       ingress:
         |       ^^^^^^^
         → HA2 is dropped: no session is synchronized, and a failover loses all of them.
         aws-ha.md section 5, X03; https://docs.paloaltonetworks.com/…/ha-links.html

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
