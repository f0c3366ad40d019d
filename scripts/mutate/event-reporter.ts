/** A vitest reporter that prints what the runner of mutants needs to know, and nothing else. */
import { relative } from 'node:path';
import type { Reporter, TestCase, TestModule } from 'vitest/node';
import { printEvent, type TestEvent } from './events.ts';

const tell = (event: TestEvent) => console.log(printEvent(event));
const fileOf = ({ moduleId }: TestModule) => relative(process.cwd(), moduleId);

export default class EventReporter implements Reporter {
  onTestModuleQueued(module: TestModule): void {
    tell({ event: 'file', file: fileOf(module) });
  }

  onTestCaseResult(test: TestCase): void {
    if (test.result().state === 'failed')
      tell({ event: 'failed', file: fileOf(test.module), test: test.fullName });
  }

  onTestModuleEnd(module: TestModule): void {
    const file = fileOf(module);
    const [error] = module.errors();
    if (error !== undefined)
      tell({ event: 'failed', file, test: `the file itself: ${error.message.split('\n')[0]}` });
    const { collectDuration, duration: testsMs } = module.diagnostic();
    const passed = [...module.children.allTests('passed')].length;
    tell({ event: 'done', file, seconds: (collectDuration + testsMs) / 1000, tests: passed });
  }
}
