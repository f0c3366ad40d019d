import { formatCount } from '../../report/format.ts';
import { answerBoard } from '../answer.ts';
import { formatShortMs } from '../short-ms.ts';
import {
  acceleratedBoard,
  boardName,
  formatShare,
  formatTimes,
  lessonExperiment,
  numberChoices,
  plainBoard,
  predictionOf,
  timeMs,
  wordChoices,
} from './lesson-tools.ts';
import type { LessonPlan } from './lesson.ts';

/** 5: a kernel that the accelerator does not have. */
export function fallingOff(): LessonPlan {
  const [board, plain] = [acceleratedBoard(), plainBoard()];
  const three = timeMs('paper:8', board);
  const five = predictionOf('paper:8,k=5', board);
  const factor = five.latencyMs.value / three;
  const plainFactor = timeMs('paper:8,k=5', plain) / timeMs('paper:8', plain);
  const { unit, reason } = five.placement[0]!;
  return {
    title: 'Kernel 3 to 5: falling off the accelerator',
    start: lessonExperiment('paper:8'),
    then: lessonExperiment('paper:8,k=5'),
    controls: ['kernel'],
    guess: {
      prompt: `Eight filters of 3 x 3 take ${formatShortMs(three)} on the ${boardName(board)}. And of 5 x 5, with 25 weights in the place of 9?`,
      choices: numberChoices(five.latencyMs.value, [three * 1.02, (three * 25) / 9], formatShortMs),
      reveal: `${formatShortMs(five.latencyMs.value)}. ${reason}.`,
    },
    task: 'Try each kernel size on both boards, then look at the tab Kernel sizes.',
    sentence: 'An accelerator has a list of what it can; one step beside the list is a cliff, not a slope.',
    questions: [
      {
        prompt: 'Who computes the 5 x 5 convolution?',
        choices: wordChoices(unit, [predictionOf('paper:8', board).placement[0]!.unit, 'both, half each']),
        reveal: `The ${unit}${five.toolchainRefuses ? '; the real converter of 2020 refuses the network altogether' : ''}.`,
      },
      {
        prompt: `By how much does the same step slow the ${boardName(plain)} down?`,
        choices: numberChoices(plainFactor, [factor, 25 / 9 + 2], formatTimes),
        reveal: `${formatTimes(plainFactor)}: on a core 25 weights are a longer loop, and nothing else changes.`,
      },
    ],
  };
}

/** 6: a cache that is too small for two streams. */
export function theBend(): LessonPlan {
  const board = plainBoard();
  const at = (filters: number, cache?: string) =>
    timeMs(`paper:${filters}`, board, cache === undefined ? {} : { 'core.dataCache': cache });
  const [early, late] = [at(3) - at(2), at(10) - at(9)];
  const [off, large] = [at(10, 'off'), at(10, '64KiB')];
  const us = (ms: number) => `${Math.round(ms * 1000)} \u00b5s`;
  return {
    title: 'The bend: a cache runs full',
    start: lessonExperiment('paper:3'),
    then: lessonExperiment('paper:10'),
    controls: ['filters', 'settings'],
    drawnBoard: board,
    guess: {
      prompt: `The third filter costs ${us(early)} on the ${boardName(board)}. And the tenth?`,
      choices: numberChoices(late, [early, early * 2], us),
      reveal: `${us(late)}: the dense layer reads its input ten times, and beside the weights it no longer stays in 16 KiB of cache.`,
    },
    task: 'Open "What if the chip were another" and choose core.dataCache: off, then 64KiB, with ten filters.',
    sentence:
      'Time follows bytes that move as much as it follows arithmetic: a curve bends where a cache is full.',
    questions: [
      {
        prompt: 'What do ten filters take with the cache off?',
        choices: numberChoices(off, [at(10) * 1.05, at(10) * 40], formatShortMs),
        reveal: `${formatShortMs(off)}, ${formatTimes(off / at(10))} as long: every load then waits for SDRAM.`,
      },
      {
        prompt: 'And with 64 KiB of cache?',
        choices: numberChoices(large, [at(10) / 2, at(10) / 4], formatShortMs),
        reveal: `${formatShortMs(large)} in the place of ${formatShortMs(at(10))}: only the second reading of the same bytes is saved.`,
      },
    ],
  };
}

/** 7: numbers of one byte. */
export function eightBits(): LessonPlan {
  const [board, plain] = [acceleratedBoard(), plainBoard()];
  const [floats, bytes] = ['paper:8', 'paper:8,dtype=int8'].map((model) => predictionOf(model, plain)) as [
    ReturnType<typeof predictionOf>,
    ReturnType<typeof predictionOf>,
  ];
  const smaller = floats.memory.flashBytes / bytes.memory.flashBytes;
  const there = answerBoard(board, lessonExperiment('paper:8,dtype=int8'));
  const refused = there.prediction?.toolchainRefuses !== undefined || there.refusal !== undefined;
  const replies = ['it takes it and is twice as fast', 'it refuses it: it quantizes by itself'];
  const gain = floats.latencyMs.value / bytes.latencyMs.value;
  return {
    title: 'int8: smaller, faster, as right?',
    start: lessonExperiment('paper:8'),
    then: lessonExperiment('paper:8,dtype=int8'),
    controls: ['filters', 'numbers'],
    guess: {
      prompt: `Eight filters in float32 take ${formatShortMs(floats.latencyMs.value)} on the ${boardName(plain)}. The same in int8?`,
      choices: numberChoices(
        bytes.latencyMs.value,
        [floats.latencyMs.value / 4, floats.latencyMs.value * 1.5],
        formatShortMs,
      ),
      reveal: `${formatShortMs(bytes.latencyMs.value)}: ${gain > 1 ? `${formatTimes(gain)} as fast` : 'slower'}, with the kernels of this board's firmware.`,
    },
    task: 'Draw a digit under WHAT IT COMPUTES and compare the scores of float32 and of the bytes.',
    sentence:
      'One byte a number shrinks the file by the same factor everywhere; what it does to time depends on the kernels.',
    questions: [
      {
        prompt: `By what factor is the file smaller? In float32 it takes ${formatCount(floats.memory.flashBytes)} bytes.`,
        choices: numberChoices(smaller, [1.5, 8], formatTimes),
        reveal: `${formatTimes(smaller)}: ${formatCount(bytes.memory.flashBytes)} bytes; weights shrink by four, the rest of the file does not.`,
      },
      {
        prompt: `What does the converter of the ${boardName(board)} say to an int8 file?`,
        choices: wordChoices(replies[refused ? 1 : 0]!, replies),
        reveal: refused
          ? (there.prediction?.toolchainRefuses?.text ?? there.refusal!)
          : 'It takes it as it is.',
      },
    ],
  };
}

/** A network whose work is almost all of the kind that the accelerator is for. */
export const WINNING_NETWORK =
  '{"name":"conv-stack","input":[56,56,32],"layers":"conv 64 3x3 same relu | conv 64 3x3 same relu | conv 64 3x3 same relu"}';

/** 8: a network for which the accelerator is there. */
export function whenItWins(): LessonPlan {
  const [board, plain] = [acceleratedBoard(), plainBoard()];
  const withIt = timeMs(WINNING_NETWORK, board);
  const withoutIt = timeMs(WINNING_NETWORK, board, { kpu: 'absent' });
  const other = timeMs(WINNING_NETWORK, plain);
  const small = timeMs('paper:8', plain) / timeMs('paper:8', board);
  const factor = other / withIt;
  return {
    title: 'When does the accelerator win?',
    start: lessonExperiment('paper:8'),
    then: lessonExperiment(WINNING_NETWORK),
    controls: ['settings'],
    guess: {
      prompt: `With the paper's network the ${boardName(board)} is ${formatTimes(small)} as fast as the ${boardName(plain)}. Now three convolutions of 64 filters over 56 x 56 pixels. How many times as fast?`,
      choices: numberChoices(factor, [small, 5], formatTimes),
      reveal: `${formatTimes(factor)}: ${formatShortMs(withIt)} against ${formatShortMs(other)}. Nearly all of the time is now convolution, and one submission pays for millions of multiplications.`,
    },
    task: 'Take the accelerator away: "What if the chip were another", kpu = absent.',
    sentence: 'An accelerator wins where its own work is most of the work, and by a lot.',
    questions: [
      {
        prompt: `The same chip without its accelerator: what does the network take there?`,
        choices: numberChoices(withoutIt, [withIt * 2, withIt * 8], formatShortMs),
        reveal: `${formatShortMs(withoutIt)}, ${formatTimes(withoutIt / withIt)} as long.`,
      },
      {
        prompt: 'And which of the two boards is faster for the network of the paper with 8 filters?',
        choices: wordChoices(boardName(small > 1 ? board : plain), [boardName(board), boardName(plain)]),
        reveal: 'There, the copies and the dense layer of the core decide.',
      },
    ],
  };
}

/** 9: what an oscilloscope's pulse and a loop's period each measure. */
export function pulseOrPeriod(): LessonPlan {
  const board = acceleratedBoard();
  const { latencyMs, reportedMs } = predictionOf('paper:1', board);
  const pauseMs = reportedMs.value - latencyMs.value;
  const share = pauseMs / reportedMs.value;
  const perSecond = (ms: number) => `${formatCount(1000 / ms)} a second`;
  return {
    title: 'Pulse or period',
    start: lessonExperiment('paper:1'),
    then: lessonExperiment('paper:1'),
    controls: ['filters'],
    guess: {
      prompt: `A pin goes high before the call and low after it. The pulse is ${formatShortMs(latencyMs.value)} with one filter; the published table says 1.2 ms. What else is in it?`,
      choices: wordChoices('a pause of the loop', ['a slower clock', 'another network']),
      reveal: `About ${formatShortMs(pauseMs)} of every round: the script sleeps 1 ms after the pin goes low, so the period was read.`,
    },
    task: 'Look at the pin in WHEN: its width is the pulse. The period would be from rise to rise.',
    sentence: 'Say what was measured: a pulse is the work, a period is the work and everything around it.',
    questions: [
      {
        prompt: 'What share of the period is not inference, with one filter?',
        choices: numberChoices(share, [share / 5, share / 2], formatShare),
        reveal: `${formatShare(share)}.`,
      },
      {
        prompt: 'How many inferences a second does that loop do, with one filter?',
        choices: numberChoices(reportedMs.value, [latencyMs.value, reportedMs.value * 3], perSecond),
        reveal: `${perSecond(reportedMs.value)}; the pulse alone would allow ${perSecond(latencyMs.value)}.`,
      },
    ],
  };
}

/** 10: what an interval says. */
export function howSure(): LessonPlan {
  const board = plainBoard();
  const [near, far] = [predictionOf('paper:8', board), predictionOf('paper:16', board)];
  const width = ({ latencyMs }: typeof near) => (latencyMs.high - latencyMs.low) / 2 / latencyMs.value;
  const domains = ['inside', 'outside'];
  const percent = (share: number) => `\u00b1 ${formatShare(share)}`;
  return {
    title: 'How sure?',
    start: lessonExperiment('paper:8'),
    then: lessonExperiment('paper:16'),
    controls: ['filters'],
    guess: {
      prompt: `Eight filters on the ${boardName(board)}: ${formatShortMs(near.latencyMs.value)}, give or take ${formatShare(width(near))} nine times in ten. And how sure is the time of 16?`,
      choices: numberChoices(width(far), [width(near), width(near) / 2], percent),
      reveal: `${percent(width(far))}: ${far.latencyMs.why ?? 'as sure as inside of what was measured'}.`,
    },
    task: 'Move to 10, then to 11, and watch the band of WHAT IF open: the measurements end there.',
    sentence: 'A prediction without its doubt is half of one; the doubt grows where nobody has measured.',
    questions: [
      {
        prompt:
          'An interval holds nine times in ten. Of 20 such predictions, how many may be outside and all is well?',
        choices: numberChoices(20 * (1 - near.latencyMs.confidence), [0, 10], formatCount),
        reveal: 'About two. If none ever were, the intervals would be too wide.',
      },
      {
        prompt: 'Do 16 filters lie inside of what was measured on this board?',
        choices: wordChoices(domains[far.latencyMs.domain === 'inside' ? 0 : 1]!, domains),
        reveal: `${far.latencyMs.why ?? 'They do'}.`,
      },
    ],
  };
}
