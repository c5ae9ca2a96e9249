import 'server-only';

/** Regions with a DLC endpoint of their own, `pai-dlc.<region>.aliyuncs.com`: the endpoint table of the vendor's SDK. */
const regions = new Set([
  'cn-beijing',
  'cn-hangzhou',
  'cn-shanghai',
  'cn-shenzhen',
  'cn-guangzhou',
  'cn-hongkong',
  'cn-wulanchabu',
  'cn-shanghai-finance-1',
  'ap-northeast-1',
  'ap-southeast-1',
  'ap-southeast-3',
  'ap-southeast-5',
  'ap-southeast-7',
  'ap-southeast-8',
  'us-east-1',
  'us-west-1',
  'us-southeast-1',
  'eu-central-1',
]);

/** The region's public endpoint, or undefined for a region the table does not know. */
export function regionEndpoint(region: string): string | undefined {
  return regions.has(region) ? `https://pai-dlc.${region}.aliyuncs.com` : undefined;
}

/** `pai-dlc.cn-beijing.aliyuncs.com` and `pai-dlc-vpc.cn-beijing.aliyuncs.com` name their region, others do not. */
export function endpointRegion(endpoint: string): string | undefined {
  return /^pai-dlc(?:-vpc)?\.([a-z0-9-]+)\.aliyuncs\.com$/.exec(new URL(endpoint).hostname)?.[1];
}
