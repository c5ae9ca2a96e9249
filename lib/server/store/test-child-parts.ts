export { migrations } from './migrations';
export { openStore } from './open';
export { insertSubmission, moveSubmission } from './submissions';
