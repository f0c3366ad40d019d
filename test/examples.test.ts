import { expect, it, vi } from 'vitest';

// On this accelerator a 1x1 kernel takes as long as a 3x3 one and does less: the four of 3x3 beat the four of 1x1.
it('the example of a sweep in threads finds that 1x1 kernels are never worth their time', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await import('../examples/sweep-in-threads.ts');
  expect(log.mock.calls.flat()).toEqual(['8 of 8 points, 4 of them on the front']);
});
