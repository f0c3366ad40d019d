import { useState } from 'preact/hooks';
import type { Score } from 'inferscope/experiments';
import { callWhole } from '../state/lab-simulation.ts';
import { notice } from '../state/lab-store.ts';
import { saveFile } from '../state/save-file.ts';
import { answersNow, chosen, learnerName } from '../state/learner.ts';

/** Points so far, and the answers as a file for a teacher. */
export function LessonScores() {
  const [score, setScore] = useState<Score | undefined>(undefined);
  if (Object.keys(chosen.value).length === 0) return null;
  const count = async () => {
    try {
      setScore(await callWhole((lab) => lab.grade(answersNow())));
    } catch (error) {
      notice.value = (error as Error).message;
    }
  };
  const save = () =>
    saveFile('answers.json', new TextEncoder().encode(`${JSON.stringify(answersNow(), null, 2)}\n`));
  return (
    <div class="lesson-scores">
      <label>
        Name{' '}
        <input
          type="text"
          maxLength={80}
          value={learnerName.value}
          onInput={(event) => (learnerName.value = event.currentTarget.value)}
        />
      </label>
      <button type="button" onClick={() => void count()}>
        Count points
      </button>
      <button type="button" onClick={save}>
        Save answers
      </button>
      {score && (
        <p role="status" data-points={score.points} data-of={score.of}>
          {score.points} of {score.of} points
        </p>
      )}
    </div>
  );
}
