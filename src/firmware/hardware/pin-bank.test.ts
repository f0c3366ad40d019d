import { expect, it } from 'vitest';
import { measurePulses, pinEdges } from '../../instruments/pins.ts';
import { Ledger } from './ledger.ts';
import { PinBank } from './pin-bank.ts';
import { SessionTrace } from './session-trace.ts';

function bankOf(trace: SessionTrace) {
  let nowPs = 0;
  const ledger = new Ledger();
  const pins = new PinBank(trace, () => nowPs, ledger);
  const pass = (name: string, ps: number) => {
    nowPs += ps;
    ledger.add(name, 'overhead', 1, ps);
  };
  return { pins, pass };
}

const spread = (spans: readonly number[]) => ({
  minPs: Math.min(...spans),
  meanPs: spans.reduce((sum, ps) => sum + ps, 0) / spans.length,
  maxPs: Math.max(...spans),
});

it('sums up the pulses of a pin as they are measured on its edges, and needs none of them', () => {
  const runs = [true, false].map((edges) => {
    const trace = new SessionTrace({ edges });
    const { pins, pass } = bankOf(trace);
    for (const [high, low] of [
      [5, 7],
      [3, 11],
      [9, 2],
    ]) {
      pins.set('P1', 1);
      pass('network', high);
      pins.set('P1', 0);
      pass('rest', low);
    }
    pins.set('P1', 1);
    return { trace, use: pins.uses().P1 };
  });
  const { widthsPs, lowsPs, periodsPs } = measurePulses(pinEdges(runs[0].trace.records(), 'P1'));
  expect(runs[0].use).toEqual({
    ...{ pulses: 3, width: spread(widthsPs), low: spread(lowsPs), period: spread(periodsPs) },
    ...{ highSincePs: 37, insidePs: { network: 17 } },
  });
  expect(runs[1].use).toEqual(runs[0].use);
  expect(runs[1].trace.records()).toEqual([]);
});

it('says of a pin that never moved that it has no spans', () => {
  const { pins } = bankOf(new SessionTrace());
  pins.set('P1', 0);
  expect(pins.uses().P1).toEqual({ pulses: 0, width: null, low: null, period: null, insidePs: {} });
});

it('ends the run at the pulse that was asked for, and knows the one before', () => {
  const { pins } = bankOf(new SessionTrace());
  let ended = 0;
  Object.assign(pins, { lastPulse: 2, onLastPulse: () => ended++ });
  const pulse = () => [1, 0].forEach((level) => pins.set('P1', level as 0 | 1));
  expect(pins.isBeforeLast('P1')).toBe(false);
  pulse();
  expect([pins.isBeforeLast('P1'), ended]).toEqual([true, 0]);
  pulse();
  expect(ended).toBe(1);
});
