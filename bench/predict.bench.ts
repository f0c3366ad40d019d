// Event-simulated inferences of the paper's ten networks per second on one core, with tracing off and on.
import { boardById } from '../src/boards/index.ts';
import type { Board } from '../src/boards/board/board.ts';
import { deploy } from '../src/deploy/index.ts';
import { paperCnn } from '../src/models/specs/paper-cnn.ts';
import { Machine } from '../src/simulate/machine.ts';
import { scheduleProgram } from '../src/simulate/schedule.ts';
import { judge, printTable, compareSpeeds, type Contender } from './harness.ts';

const INFERENCES = 100_000;
const ROUNDS = 15;
const FILTERS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

function simulator(board: Board, trace: boolean): Contender {
  const machine = new Machine(board, { trace });
  const schedules = FILTERS.map((filters) => scheduleProgram(deploy(paperCnn({ filters }), board), board));
  const run = (count: number): number => {
    let totalPs = 0;
    for (let inference = 0; inference < count; inference++) {
      totalPs += machine.run(schedules[inference % schedules.length]);
    }
    return totalPs;
  };
  return { name: `${board.id}, tracing ${trace ? 'on' : 'off'}`, run };
}

const boards = [boardById('maixduino'), boardById('openmv-h7-plus')];
const contenders = boards.flatMap((board) => [simulator(board, false), simulator(board, true)]);
const figures = await compareSpeeds(contenders, INFERENCES, ROUNDS);
printTable(
  ['simulated board', 'inferences/s'],
  figures.map(({ name, perSecond }) => [name, Math.round(perSecond).toLocaleString('en')]),
);
judge(
  boards.flatMap(({ id }, index) => {
    const [off, on] = figures.slice(2 * index, 2 * index + 2).map(({ perSecond }) => perSecond);
    return [
      { name: `${id}: inferences/s, tracing off`, value: Math.round(off), bar: 50_000 },
      { name: `${id}: slower with tracing on, %`, value: (off / on - 1) * 100, bar: 15, atMost: true },
    ];
  }),
);
