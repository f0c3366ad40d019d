import { modelFromSpec } from '../../files/spec-graphs.ts';
import { graphWork } from '../../kernels/execute/graph-work.ts';
import { formatCount, formatNumber } from '../../report/format.ts';
import { formatShortMs } from '../short-ms.ts';
import {
  acceleratedBoard,
  boardName,
  formatShare,
  lessonExperiment,
  numberChoices,
  plainBoard,
  predictionOf,
  timeMs,
  wordChoices,
} from './lesson-tools.ts';
import type { LessonPlan } from './lesson.ts';

const macsOf = (model: string) => graphWork(modelFromSpec(model)!).totals.macs;

/** 1: what a multiply-accumulate costs where the core does all of them. */
export function whatAMacCosts(): LessonPlan {
  const board = plainBoard();
  const [one, two] = [timeMs('paper:1', board), timeMs('paper:2', board)];
  const macs = macsOf('paper:2') - macsOf('paper:1');
  const moreMs = two - one;
  const { steps, latencyMs } = predictionOf('paper:1', board);
  const idleMs = steps.filter((step) => step.macs === 0).reduce((sum, step) => sum + step.durationMs, 0);
  const share = idleMs / latencyMs.value;
  const nsPerMac = (1e6 * moreMs) / macs;
  const ns = (value: number) => `${formatNumber(value, 2)} ns`;
  return {
    title: 'What a MAC costs',
    start: lessonExperiment('paper:1'),
    then: lessonExperiment('paper:2'),
    controls: ['filters'],
    drawnBoard: board,
    guess: {
      prompt: `One filter takes ${formatShortMs(one)} on the ${boardName(board)}. A second is ${formatCount(macs)} multiply-accumulates more. What will two take?`,
      choices: numberChoices(two, [2 * one, one + moreMs / 4], formatShortMs),
      reveal: `${formatShortMs(two)}: ${formatShortMs(moreMs)} more, and not twice, since part of a call is there for any network.`,
    },
    task: 'Move the slider from 1 to 4 and watch the dashed curve: every filter adds about as much.',
    sentence: `A multiply-accumulate of this kernel costs about ${ns(nsPerMac)} here; count them, and add what every call costs.`,
    questions: [
      {
        prompt: `${formatShortMs(moreMs)} for ${formatCount(macs)} multiply-accumulates: how much is one?`,
        choices: numberChoices(nsPerMac, [nsPerMac / 10, nsPerMac * 10], ns),
        reveal: `${ns(nsPerMac)}, loads, index arithmetic and cache misses included.`,
      },
      {
        prompt: 'With one filter, what share of the call multiplies nothing at all?',
        choices: numberChoices(share, [share / 8, Math.min(0.97, share * 1.7)], formatShare),
        reveal: `${formatShare(share)}: the call itself, the interpreter that is built anew, the picture's conversion, a copy.`,
      },
    ],
  };
}

/** 2: where the time went, on the board whose accelerator takes the convolution. */
export function whereTheTimeWent(): LessonPlan {
  const board = acceleratedBoard();
  const { steps, latencyMs } = predictionOf('paper:6', board);
  const longest = steps.reduce((most, step) => (step.durationMs > most.durationMs ? step : most));
  const conv = steps.find(({ unit, macs }) => unit !== longest.unit && macs > 0)!;
  const second = steps
    .filter((step) => step !== longest && step !== conv)
    .reduce((most, step) => (step.durationMs > most.durationMs ? step : most));
  const coreMs = latencyMs.value - conv.durationMs;
  return {
    title: 'Where the time went',
    start: lessonExperiment('paper:6'),
    then: lessonExperiment('paper:6'),
    controls: [],
    guess: {
      prompt: `Six filters take ${formatShortMs(latencyMs.value)} on the ${boardName(board)}, which has an accelerator for convolutions. What takes longest?`,
      choices: wordChoices(longest.op, [conv.op, second.op]),
      reveal: `${longest.op}, ${formatShortMs(longest.durationMs)}, on the core: ${longest.reason}.`,
    },
    task: 'Press "zoom to the accelerator": that is the whole convolution. Choose rows of WHY one by one.',
    sentence: `The convolution takes ${formatShortMs(conv.durationMs)} of ${formatShortMs(latencyMs.value)}: an accelerator moves the time elsewhere.`,
    questions: [
      {
        prompt: 'How long does the convolution take on the accelerator, submission and interrupt included?',
        choices: numberChoices(conv.durationMs, [conv.durationMs * 10, latencyMs.value * 0.7], formatShortMs),
        reveal: `${formatShortMs(conv.durationMs)}, and most of that is the interrupt.`,
      },
      {
        prompt: 'If the accelerator were infinitely fast, what would the call take?',
        choices: numberChoices(coreMs, [latencyMs.value / 2, latencyMs.value / 10], formatShortMs),
        reveal: `${formatShortMs(coreMs)}: what an accelerator does not do is not made faster by it (Amdahl's law).`,
      },
    ],
  };
}

const flatInputs = (filters: number) => {
  const { tensors, nodes } = modelFromSpec(`paper:${filters}`)!;
  return tensors[nodes.at(-1)!.inputs[0]!]!.shape.at(-1)!;
};

/** 3: the step of the curve, found and not told: the first filter by which the dense layer changes its unit. */
export function oneFilterMore(): LessonPlan {
  const board = acceleratedBoard();
  const denseUnit = (filters: number) => predictionOf(`paper:${filters}`, board).placement.at(-1)!;
  const few = [1, 2, 3, 4, 5, 6, 7, 8, 9].find((f) => denseUnit(f).unit !== denseUnit(f + 1).unit)!;
  const many = few + 1;
  const [before, now] = [timeMs(`paper:${few}`, board), timeMs(`paper:${many}`, board)];
  const usualMs = before - timeMs(`paper:${few - 1}`, board);
  const after = denseUnit(many);
  return {
    title: 'One filter more',
    start: lessonExperiment(`paper:${few}`),
    then: lessonExperiment(`paper:${many}`),
    controls: ['filters'],
    drawnBoard: board,
    guess: {
      prompt: `${few} filters take ${formatShortMs(before)} on the ${boardName(board)}. What will ${many} take?`,
      choices: numberChoices(now, [before + usualMs, before + 2 * usualMs], formatShortMs),
      reveal: `${formatShortMs(now)}. ${after.reason}.`,
    },
    task: `Go back and forth between ${few} and ${many} with [ and ] and watch the core's lane: a long block comes and goes.`,
    sentence: `A limit of the converter decides: ${few} filters give ${formatCount(flatInputs(few))} inputs, ${many} give ${formatCount(flatInputs(many))}.`,
    questions: [
      {
        prompt: `How many inputs has the dense layer with ${many} filters?`,
        choices: numberChoices(flatInputs(many), [flatInputs(1), flatInputs(few)], formatCount),
        reveal: `14 x 14 pixels times ${many} filters are ${formatCount(flatInputs(many))}.`,
      },
      {
        prompt: `Who computes the dense layer with ${many} filters?`,
        choices: wordChoices(after.unit, [denseUnit(few).unit, 'nobody: the converter refuses']),
        reveal: `The ${after.unit}: ${after.reason}.`,
      },
    ],
  };
}

/** 4: an unrolled loop and the filters that do not divide. */
export function theSawTooth(): LessonPlan {
  const board = acceleratedBoard();
  const [six, seven, eight] = [6, 7, 8].map((filters) => timeMs(`paper:${filters}`, board)) as [
    number,
    number,
    number,
  ];
  const perFilter = (filters: number) => timeMs(`paper:${filters}`, board) / filters;
  const compared = [9, 10, 11, 12];
  const worst = compared.reduce((most, filters) => (perFilter(filters) > perFilter(most) ? filters : most));
  const asText = (filters: number) => `${filters} filters`;
  return {
    title: 'The saw-tooth',
    start: lessonExperiment('paper:7'),
    then: lessonExperiment('paper:8'),
    controls: ['filters'],
    drawnBoard: board,
    guess: {
      prompt: `From 6 filters to 7 the ${boardName(board)} takes ${formatShortMs(seven - six)} more. What will 8 take, after ${formatShortMs(seven)} for 7?`,
      choices: numberChoices(eight, [seven + (seven - six), seven + (seven - six) / 2], formatShortMs),
      reveal: `${formatShortMs(eight)}: the eighth filter is almost free, since the loop of the dense layer is unrolled by eight and 7 x 196 inputs do not divide.`,
    },
    task: 'Move from 6 to 12 and watch the solid curve: every second step is steep.',
    sentence: 'More work can cost nothing, where it fits the shape that the code was written for.',
    questions: [
      {
        prompt: 'Which takes more time per filter?',
        choices: wordChoices(seven / 7 > eight / 8 ? asText(7) : asText(8), [asText(7), asText(8)]),
        reveal: `${formatShortMs(seven / 7)} for each of 7, ${formatShortMs(eight / 8)} for each of 8.`,
      },
      {
        prompt: 'Which of these takes most time per filter?',
        choices: compared.map((filters) => ({ text: asText(filters), isRight: filters === worst })),
        reveal: `${asText(worst)}: ${formatShortMs(perFilter(worst))} each.`,
      },
    ],
  };
}
