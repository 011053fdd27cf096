import { throttleOf } from '../../../src/cloud/aws/presets.ts';
import { CallEngine } from '../../../src/cloud/call-engine.ts';
import { CloudRoutes } from '../../../src/cloud/cloud-routes.ts';
import { CLOUD_EVENTS } from '../../../src/cloud/provider.ts';
import { Simulation } from '../../../src/kernel/simulation.ts';
import { RETRY } from '../../helpers/call-bench.ts';
import { describeProvider } from '../../helpers/provider-contract.ts';
import { TakeoverBench } from '../../helpers/takeover-bench.ts';
import { ToyProvider } from '../../helpers/toy-provider.ts';

for (const mode of ['interface-move', 'secondary-ip'] as const) {
  for (const concurrency of ['serial', 'parallel'] as const) {
    describeProvider(`AWS, ${mode}, ${concurrency}`, (seed) => {
      return new TakeoverBench({ seed, mode, plugin: { concurrency }, latencies: 'as drawn' });
    });
  }
}

describeProvider('AWS, secondary-ip, addresses taken away first', (seed) => {
  return new TakeoverBench({
    seed,
    mode: 'secondary-ip',
    plugin: { addressMove: 'unassign' },
    latencies: 'as drawn',
  });
});

describeProvider('a second one', (seed) => {
  const simulation = new Simulation({ seed, kinds: CLOUD_EVENTS, traceLevel: 'protocol' });
  const api = new CallEngine(simulation, new CloudRoutes(simulation), {
    name: 'toy',
    gate: { unreachable: () => null, refused: () => null },
    retry: RETRY,
    throttle: throttleOf('none'),
  });
  return { simulation, provider: new ToyProvider(simulation, api) };
});
