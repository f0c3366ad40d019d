import type { AnyCommand } from '../command.ts';
import { boardCommand } from './board.ts';
import { boardsCommand } from './boards.ts';
import { calibrateCommand } from './calibrate.ts';
import { checkCommand } from './check.ts';
import { citeCommand } from './cite.ts';
import { compareCommand } from './compare.ts';
import { completionCommand } from './completion.ts';
import { convertCommand } from './convert.ts';
import { diagnoseCommand } from './diagnose.ts';
import { execCommand } from './exec.ts';
import { explainCommand } from './explain.ts';
import { flashCommand } from './flash.ts';
import { gradeCommand } from './grade.ts';
import { inspectCommand } from './inspect.ts';
import { labCommand } from './lab.ts';
import { luaCommand } from './lua.ts';
import { memoryCommand } from './memory.ts';
import { overlayCommand } from './overlay.ts';
import { placeCommand } from './place.ts';
import { predictCommand } from './predict.ts';
import { queryCommand } from './query.ts';
import { reproduceCommand } from './reproduce.ts';
import { runCommand } from './run.ts';
import { suggestCommand } from './suggest.ts';
import { sweepCommand } from './sweep.ts';
import { trainCommand } from './train.ts';
import { validateCommand } from './validate.ts';
import { vcdCommand } from './vcd.ts';
import { workerCommand } from './worker.ts';

/** Every command, in the order of the help. */
export const COMMANDS: readonly AnyCommand[] = [
  predictCommand,
  explainCommand,
  placeCommand,
  suggestCommand,
  runCommand,
  execCommand,
  memoryCommand,
  inspectCommand,
  convertCommand,
  compareCommand,
  checkCommand,
  flashCommand,
  boardsCommand,
  boardCommand,
  calibrateCommand,
  diagnoseCommand,
  overlayCommand,
  citeCommand,
  sweepCommand,
  workerCommand,
  queryCommand,
  luaCommand,
  labCommand,
  gradeCommand,
  reproduceCommand,
  trainCommand,
  validateCommand,
  vcdCommand,
  completionCommand,
];
