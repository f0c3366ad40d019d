import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const MODULE = fileURLToPath(new URL('heap-growth.ts', import.meta.url));

/** Most MB that a program had on its heap which keeps 40 MB and drops far more, after it read a file of so many bytes. */
function mostMegabytes(fileBytes: number): number {
  const program = `
    import { boundHeapGrowth } from ${JSON.stringify(MODULE)};
    boundHeapGrowth(${fileBytes});
    const made = (count) => Array.from({ length: count }, (_, at) => ({ at, of: [at] }));
    const kept = made(400_000);
    let most = 0;
    const held = [];
    for (let round = 0; round < 1500; round++) {
      held[round % 20] = made(5000);
      most = Math.max(most, process.memoryUsage().heapUsed);
    }
    console.log(most / 1e6, kept.length);
  `;
  const child = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program]);
  return Number(String(child.stdout).split(' ')[0]);
}

test('the heap of a large network grows in small steps, that of others as V8 likes', () => {
  const [small, large] = [mostMegabytes(2 ** 20), mostMegabytes(2 ** 20 + 1)];
  expect(small).toBeGreaterThan(40);
  expect(large).toBeLessThan(0.85 * small);
});
