import { parentPort } from 'node:worker_threads';
import { InputError } from '../../dist/errors/input-error.js';
import { answerQuestions } from '../../dist/threads/answer-questions.js';

/** Answers with what it is asked, the shorter the wait the sooner; some questions it refuses, one it dies of. */
answerQuestions(parentPort, async ({ text, wait = 0 }, tell) => {
  if (text === 'refuse') throw new InputError({ field: 'text', value: text, allowed: 'something else' });
  if (text === 'break') throw new RangeError('broken');
  if (text === 'leave') process.exit(3);
  tell(`heard ${text}`);
  await new Promise((resolve) => setTimeout(resolve, wait));
  return text;
});
