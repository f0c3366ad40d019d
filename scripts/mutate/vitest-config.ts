/** The project's vitest, for the near tests of one mutant: in the order given, one after the other, up to the first failure. */
import { mergeConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import base from '../../vitest.config.ts';

class NearestFirst extends BaseSequencer {
  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    const order = (process.env.MUTATE_TESTS ?? '').split(',');
    const place = ({ moduleId }: TestSpecification) =>
      order.findIndex((file) => moduleId.endsWith(`/${file}`));
    return specifications.sort((a, b) => place(a) - place(b));
  }
}

export default mergeConfig(base, {
  test: { maxWorkers: 1, cache: false, sequence: { sequencer: NearestFirst } },
});
