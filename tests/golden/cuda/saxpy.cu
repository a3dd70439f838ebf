#include <cuda_runtime.h>
#include <cstdio>

#define BLOCK(n) (((n) + 255) / 256)

namespace kernels {

enum Mode { FAST, EXACT };

struct Buffer {
    float* data;
    int size;

    __host__ __device__ float at(int i) const { return data[i]; }
};

/// Computes a * x + y for each element.
__global__ void saxpy(int n, float a, const float* x, float* y) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) {
        y[i] = a * x[i] + y[i];
    }
}

// Adds up the values of a warp.
__device__ float warp_sum(float value, unsigned mask = 0xffffffff) {
    for (int offset = 16; offset > 0; offset /= 2) {
        value += __shfl_down_sync(mask, value, offset);
    }
    return value;
}

}  // namespace kernels

template <typename T>
class DeviceArray {
public:
    explicit DeviceArray(int size) { cudaMalloc(&data_, size * sizeof(T)); }
    ~DeviceArray() { cudaFree(data_); }

private:
    T* data_ = nullptr;
};

/** Runs the kernel on a whole array. */
int run(int n, float a, float* x, float* y) {
    kernels::saxpy<<<BLOCK(n), 256>>>(n, a, x, y);
    cudaError_t error = cudaGetLastError();
    return error == cudaSuccess && n > 0 ? 0 : 1;
}
