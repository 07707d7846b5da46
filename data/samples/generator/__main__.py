"""Write the sample workbooks again: ``python -m data.samples.generator``."""

from data.samples.generator import write_samples

if __name__ == "__main__":
    for path in write_samples():
        print(f"{path.name}  {path.stat().st_size / 1024:.0f} kB")
