import { expect, test } from 'vitest';
import { timerModule } from './pyb-timers.ts';

test('setting a timer or a PWM costs what its call costs, each time', () => {
  const spent: string[] = [];
  const hardware = {
    nowPs: 0,
    spend: (name: string) => void spent.push(name),
    ...{
      clockworks: { add: () => undefined },
      interrupts: { raise: () => undefined, cancel: () => undefined },
    },
  };
  const module = timerModule(hardware as never) as unknown as {
    timer_start(id: number, prescaler: number, steps: number, handler: number): void;
    timer_stop(id: number): void;
  };
  module.timer_start(4, 1, 1000, -1);
  module.timer_stop(4);
  expect(spent).toEqual(['timer.set', 'timer.set']);
});
