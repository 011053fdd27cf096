// A process that shares nothing with any other: carries out the same runs as a worker of a pool whenever it is told to, and says when they are done.
import { outcomesTask } from '../dist/sweep/tasks.js';

process.on('message', (task) => {
  outcomesTask(task);
  process.send('done');
});
