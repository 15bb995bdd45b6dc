"""`python -m trasiego` does what the `trasiego` command does."""

from trasiego.cli import main

if __name__ == "__main__":
    main()
