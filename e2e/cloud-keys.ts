/** Credentials that the fault-injecting DLC takes as any others. */
export const cloudKeys = {
  ALIBABA_CLOUD_ACCESS_KEY_ID: 'LTAItestkeyid000000',
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'test-secret-of-the-key',
};
