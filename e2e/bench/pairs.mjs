/** Pages of Jobwright and the bare pages they are compared with. */
export const pairs = [
  ['/jobs/new', '/form'],
  ['/jobs', '/list'],
];
