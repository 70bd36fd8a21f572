/** A CDK whose apps become Terraform: what it is called, and what an app of it is made of. */
export interface Cdk {
  readonly title: string;
  /** Its library, its command, and the answer that asks for it. */
  readonly name: 'cdktf' | 'cdktn';
  /** The package of the AWS provider's constructs. */
  readonly provider: string;
  readonly versions: {
    readonly library: string;
    readonly cli: string;
    readonly provider: string;
    readonly constructs: string;
  };
  /** Part of its command is compiled by npm where there is none ready-made for the version of Node. */
  readonly hasNativePart: boolean;
  /** Its S3 backend has a property for the lock file, and checks the versions of Terraform that the app is for. */
  readonly hasLockfileProperty: boolean;
}

/**
 * CDK for Terraform, which HashiCorp archived in December 2025, and CDK Terrain, which carries it on. The versions are
 * the newest ones that fit together.
 *
 * @see https://github.com/hashicorp/terraform-cdk
 * @see https://github.com/open-constructs/cdk-terrain
 */
export const CDKS: Readonly<Record<Cdk['name'], Cdk>> = {
  cdktf: {
    title: 'CDKTF',
    name: 'cdktf',
    provider: '@cdktf/provider-aws',
    versions: { library: '0.21.0', cli: '0.21.0', provider: '21.22.1', constructs: '10.8.1' },
    hasNativePart: true,
    hasLockfileProperty: false,
  },
  cdktn: {
    title: 'CDK Terrain',
    name: 'cdktn',
    provider: '@cdktn/provider-aws',
    versions: { library: '0.24.0', cli: '0.24.0', provider: '25.7.0', constructs: '10.7.2' },
    hasNativePart: false,
    hasLockfileProperty: true,
  },
};
