import { formatShortMs, type Question } from 'inferscope/experiments';
import { lesson } from '../state/lab-store.ts';
import { chosen, choose, drewMs, guess, guessed, isRight, openLesson, showLesson } from '../state/learner.ts';
import { LessonBoards } from './lesson-boards.tsx';
import { LessonScores } from './lesson-scores.tsx';

const LESSONS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

function Asked(props: {
  readonly question: Question;
  readonly given: string | undefined;
  readonly onChoose: (text: string) => void;
  /** Said in place of right and wrong. */
  readonly verdict?: string;
}) {
  const { question, given, onChoose, verdict } = props;
  const right = given !== undefined && isRight(question, given);
  return (
    <div class="question">
      <p>{question.prompt}</p>
      <div class="answers" role="group" aria-label={question.prompt}>
        {question.choices.map(({ text, isRight: isTrue }) => (
          <button
            type="button"
            key={text}
            aria-pressed={text === given}
            class={given === undefined ? '' : isTrue ? 'true' : text === given ? 'false' : ''}
            onClick={() => given === undefined && onChoose(text)}
          >
            {text}
          </button>
        ))}
      </div>
      {given !== undefined && (
        <p class="reveal" role="status">
          {verdict === undefined ? (
            <strong class={right ? 'yes' : 'no'}>{right ? 'Right.' : 'Not quite.'}</strong>
          ) : (
            <strong>{verdict}</strong>
          )}{' '}
          {question.reveal}
        </p>
      )}
    </div>
  );
}

function Open() {
  const made = openLesson.value;
  if (!made) return null;
  const texts = chosen.value[made.number] ?? [];
  const drew = drewMs.value;
  return (
    <>
      <h3>
        Lesson {made.number} of {LESSONS.length}: {made.title}
      </h3>
      <LessonBoards made={made} />
      <Asked
        question={made.guess}
        given={guessed.value}
        onChoose={guess}
        {...(drew && { verdict: `You drew ${formatShortMs(drew.ms)} for ${drew.filters} filters.` })}
      />
      {guessed.value !== undefined && (
        <>
          <p>{made.task}</p>
          <p class="take-along">{made.sentence}</p>
          {made.questions.map((question, at) => (
            <Asked
              key={`${made.number} ${at}`}
              question={question}
              given={texts[at] ?? undefined}
              onChoose={(text) => choose(at, text)}
            />
          ))}
        </>
      )}
    </>
  );
}

/** The lessons: guess, look, answer two questions that count. */
export function LessonPanel() {
  const now = openLesson.value?.number ?? lesson.value;
  return (
    <section class="card lesson" aria-labelledby="lesson-title">
      <h2 id="lesson-title">Guess first, then look</h2>
      <Open />
      <p class="key">
        {openLesson.value ? 'Ten lessons of three minutes:' : 'Choose one of ten lessons of three minutes:'}
      </p>
      <div class="lesson-numbers" role="group" aria-label="Lessons">
        {LESSONS.map((number) => (
          <button
            type="button"
            key={number}
            aria-label={`Lesson ${number}`}
            aria-pressed={number === now}
            class={(chosen.value[number] ?? [null]).includes(null) ? '' : 'done'}
            onClick={() => void showLesson(number === now ? undefined : number)}
          >
            {number}
          </button>
        ))}
      </div>
      <LessonScores />
    </section>
  );
}
