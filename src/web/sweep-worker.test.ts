import { wrap, type Endpoint } from 'comlink';
import { afterEach, expect, it, vi } from 'vitest';
import { smallPlan } from '../../test/support/sweep-plan.ts';
import type { SweepService } from '../sweep/pool/service.ts';
import { BatchEvaluator } from '../sweep/pool/service.ts';
import { serveSweep } from './sweep-worker.ts';

/** The two ends of a channel; in a web worker the global scope is one of them. */
const { port1, port2 } = new MessageChannel();

afterEach(() => {
  vi.unstubAllGlobals();
  port1.close();
});

it('answers the page that calls the worker, batch by batch', async () => {
  vi.stubGlobal('addEventListener', port2.addEventListener.bind(port2));
  vi.stubGlobal('postMessage', port2.postMessage.bind(port2));
  port2.start();
  serveSweep();
  const service = wrap<SweepService>(port1 as unknown as Endpoint);
  const plan = smallPlan(2, 8);
  await service.prepare(plan);
  expect(await service.evaluate(1)).toEqual(new BatchEvaluator(plan).evaluate(1));
});
