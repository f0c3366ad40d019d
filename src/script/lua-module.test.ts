import { expect, test } from 'vitest';
import { breakModule, takeLua } from './lua-module.ts';
import { openSandbox } from './lua-sandbox.ts';
import { EXPERIMENT_LIMITS } from './limits.ts';

test('scripts of a thread take the same Lua, each with names of its own', async () => {
  const lua = await takeLua();
  const run = (source: string) => {
    const { machine, load } = openSandbox(lua, {
      limits: EXPERIMENT_LIMITS,
      bindings: {},
      note: '',
      seed: 1,
    });
    const result = machine.call('x.lua', load(source, 'x.lua'));
    machine.close();
    return result;
  };
  const drawn = run('left = 7; string.upper = nil; math.pi = 3; return math.random(1000000)');
  expect(() => run('return left')).toThrow('x.lua:1: unknown name "left"');
  expect(run('return string.upper("a") .. math.floor(10 * math.pi)')).toBe('A31');
  expect(run('return math.random(1000000)')).toBe(drawn);
  expect(await takeLua()).toBe(lua);
});

test("a Lua that a script broke, or made large, is not the next one's", async () => {
  const first = await takeLua();
  breakModule(first, new Error('unreachable'));
  const second = await takeLua();
  expect(second).not.toBe(first);
  expect(await takeLua()).toBe(second);
  second.raw._free(second.raw._malloc(64 * 2 ** 20));
  expect(await takeLua()).not.toBe(second);
});
