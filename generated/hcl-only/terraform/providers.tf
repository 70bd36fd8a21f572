provider "aws" {
  region = "us-gov-west-1"
}
