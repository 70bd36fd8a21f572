terraform {
  required_version = ">= 1.10"

  backend "s3" {
    bucket       = "mygroup-terraform-state"
    key          = "aws-access/stage/terraform.tfstate"
    region       = "eu-west-1"
    encrypt      = true
    use_lockfile = true
  }
}
