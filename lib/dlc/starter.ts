/** A first job that succeeds on the local DLC within seconds, in nothing but `sh`. */
export const starterJob = {
  DisplayName: 'starter',
  JobType: 'PyTorchJob',
  JobSpecs: [{ Type: 'Worker', Image: 'local/shell:latest', PodCount: 1, EcsSpec: 'ecs.g6.large' }],
  UserCommand:
    'echo "Hello from rank $RANK of $WORLD_SIZE"\nfor epoch in 1 2 3; do\n  echo "epoch $epoch"\n  sleep 1\ndone\necho done',
  JobMaxRunningTimeMinutes: 10,
};
